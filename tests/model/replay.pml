/* The model, led by traces: a step that a trace names (STEP) happens when it is the trace's next one, what only an
 * agent notices (DO) at any time. A trace is replayed when some way leads to its end and keeps every promise.
 *
 * traces.py writes `traces.in`; at the end a line for each trace: `replayed` or `refused`, its number, how far.
 */

#define S_START 0
#define S_BEGIN 1
#define S_FAIL 2
#define S_STOP 3
#define S_CLAIM 4
#define S_RENEW 5
#define S_SEND 6
#define S_RECORD 7
#define S_END 8
#define S_HAND_OVER 9
#define S_FINISH 10
#define S_RESTART 11
#define S_RESUME 12
#define S_RESUME_SLICE 13
#define S_CRASH 14
#define S_CANCEL 15
#define S_OVER 16
#define S_GONE 17
#define NOBODY 255

#define DO(guard) :: d_step { (c_expr { goes_on () } && (guard)) ->
#define STEP(name, me, guard) :: d_step { (c_expr { is_next (S_##name, me) } && (guard)) -> position = position + 1;
#define heads_for(name, me, i) c_expr { heads (S_##name, me, i) }
#define is_wanted(i) c_expr { is_taken_next (now.i) }
#define waves_of(i) waves_in[i]
#define again false

int led_by, position;
byte bad;  /* a promise was broken on the way */
byte waves_in[PARTS];

c_code {
  struct event { int step, me, at; };
  static struct event *events;
  static int *first, *furthest, *breaks;  /* of each trace; first[traces] is the end of the last */
  static char *replayed;
  static unsigned char *waves;
  static int traces;

  static void tell(void) {
    int n;
    for (n = 0; n < traces; n++)
      printf("%s %d %d %d\n", replayed[n] ? "replayed" : "refused", n, furthest[n], breaks[n]);
  }

  static int number(FILE *from) {
    int n;
    if (fscanf(from, "%d", &n) != 1) { fprintf(stderr, "traces.in ends too early\n"); exit(1); }
    return n;
  }

  static void *room(int count, int size) { return calloc(count + 1, size); }

  /* The number of traces and of their events; then of each its number of events, its waves, its events. */
  static void load(void) {
    int n, e = 0, total;
    FILE *from = fopen("traces.in", "r");
    if (events) return;
    if (!from) { fprintf(stderr, "traces.in is missing\n"); exit(1); }
    traces = number(from); total = number(from);
    events = room(total, sizeof *events); first = room(traces, sizeof(int)); furthest = room(traces, sizeof(int));
    breaks = room(traces, sizeof(int)); replayed = room(traces, 1); waves = room(traces * PARTS, 1);
    for (n = 0; n < traces; n++) {
      int i, count = number(from);
      first[n] = e;
      for (i = 0; i < PARTS; i++) waves[n * PARTS + i] = number(from);
      for (; e < first[n] + count; e++) {
        events[e].step = number(from); events[e].me = number(from); events[e].at = number(from);
      }
    }
    first[traces] = e;
    fclose(from);
    atexit(tell);
  }

  static int next_event(void) { return first[now.led_by] + now.position; }

  static int goes_on(void) { return !replayed[now.led_by] && !now.bad; }

  static int is_last(void) { return goes_on() && next_event() == first[now.led_by + 1]; }

  static int is_next(int step, int me) {
    struct event *next = events + next_event();
    if (!goes_on() || next_event() == first[now.led_by + 1] || next->step != step || next->me != me) return 0;
    return me == NOBODY || step == S_OVER || step == S_GONE || next->at == now.on[me];
  }

  /* Whether it is this that the agent will do next: it reads nothing that leads elsewhere. */
  static int heads(int step, int me, int at) {
    int e;
    for (e = next_event(); e < first[now.led_by + 1]; e++)
      if (events[e].me == me) {
        int does = events[e].step;
        if (does == S_FAIL || does == S_STOP) does = S_BEGIN;
        return does == step && events[e].at == at;
      }
    return 0;
  }

  static int is_taken_next(int at) {
    struct event *next = events + next_event();
    return next_event() < first[now.led_by + 1] && next->at == at && (next->step == S_CLAIM || next->step == S_RESUME_SLICE);
  }

  static void set_out(void) {
    int i;
    for (i = 0; i < PARTS; i++) now.waves_in[i] = waves[now.led_by * PARTS + i];
  }

  static void note_broken(int promise) { breaks[now.led_by] = promise; now.bad = 1; }

  static void note_position(void) {
    if (now.position > furthest[now.led_by]) furthest[now.led_by] = now.position;
  }

  static void arrive(void) { replayed[now.led_by] = 1; }
}

/* The trigger asks for whatever task a document calls for. */
#define ASK(me, d) DO(heads_for(BEGIN, me, d) && never_begun(d)) begin_task[d] = QUEUED OD
#define ASK_SLICE(me, i) DO(heads_for(CLAIM, me, i) && !ended(i) && slice_task[i] != QUEUED) slice_task[i] = QUEUED OD

/* The end of a run. One that met a fault may leave behind what it had begun. */
#define END_RUN(me) \
  STEP(OVER, me, idle(me)) skip OD \
  STEP(GONE, me, idle(me)) skip OD \
  STEP(GONE, me, !idle(me)) crash(me) OD

#define ALL_AGENTS(step) step(0) step(1) step(2) step(3) step(4) step(5)
