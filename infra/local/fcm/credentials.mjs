// Access tokens: any Bearer token passes, unless an address to ask about them is given (Google's tokeninfo).

const SCOPES = ['https://www.googleapis.com/auth/firebase.messaging', 'https://www.googleapis.com/auth/cloud-platform'];
const REMEMBER_MS = 10_000;

export class Credentials {
  #known = new Map(); // token -> {verdict, until}

  constructor(tokeninfo) {
    this.tokeninfo = tokeninfo;
  }

  /** "ok", "unauthenticated" or "insufficient-scopes"; a promise of it only when it must be asked for. */
  check(authorization, refused) {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (!token || refused.includes(token)) return 'unauthenticated';
    if (!this.tokeninfo) return 'ok';
    const known = this.#known.get(token);
    return known && known.until > Date.now() ? known.verdict : this.#ask(token);
  }

  #ask(token) {
    const verdict = this.#verdict(token);
    this.#known.set(token, {verdict, until: Date.now() + REMEMBER_MS});
    return verdict;
  }

  async #verdict(token) {
    try {
      const answer = await fetch(`${this.tokeninfo}?${new URLSearchParams({access_token: token})}`);
      if (!answer.ok) return 'unauthenticated';
      const {scope = ''} = await answer.json();
      return SCOPES.some(wanted => scope.split(' ').includes(wanted)) ? 'ok' : 'insufficient-scopes';
    } catch {
      this.#known.delete(token); // nobody could say; ask again next time
      return 'unauthenticated';
    }
  }
}
