// What FCM would push to one browser, as server-sent events: a browser on this machine reaches no push service, so
// the residents' site hands each event to its service worker as a push.

const RECENT_MS = 60_000; // who connects also gets what came just before: the push service would have kept it

// The push message's payload as Firebase Messaging's worker reads it (FCM's web SDK, MessagePayloadInternal).
function envelope({name, message}) {
  const {data, webpush} = message;
  const priority = webpush?.headers?.Urgency === 'high' ? 'high' : 'normal';
  return {from: '1', fcmMessageId: name.split('/').at(-1), priority, data: {...data, ...webpush?.data}};
}

export class PushStream {
  constructor(record) {
    this.record = record;
  }

  /** Answers with the pushes to a token: after Last-Event-ID or of the last minute, and all that come. */
  open(request, response, token) {
    response.writeHead(200, {'content-type': 'text/event-stream', 'cache-control': 'no-store'});
    response.write(': open\n\n');
    const since = new Date(Date.now() - RECENT_MS).toISOString();
    const after = Number(request.headers['last-event-id'] ?? NaN);
    const resumes = Number.isInteger(after);
    const push = (to, text, seq) => to === token && write(response, JSON.parse(text), seq);
    this.record.each(resumes ? after : 0, (to, text, seq) => {
      if (to === token && (resumes || JSON.parse(text).at >= since)) push(to, text, seq);
    });
    response.once('close', this.record.listen(push));
  }
}

function write(response, entry, seq) {
  if (entry.platform === 'web') response.write(`id: ${seq}\ndata: ${JSON.stringify(envelope(entry))}\n\n`);
}
