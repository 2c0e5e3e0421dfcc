// A browser: follows redirects, keeps cookies per host and port, stops where nobody listens.
export class Browser {
  #cookies = new Map();

  open(address, stopAt) {
    return this.#go(new URL(address), { method: 'GET' }, stopAt);
  }

  post(address, form, stopAt) {
    return this.#go(new URL(address), { method: 'POST', body: new URLSearchParams(form) }, stopAt);
  }

  async #go(url, request, stopAt) {
    for (let step = 0; step < 20; step += 1) {
      if (stopAt && url.href.startsWith(stopAt)) return { url, status: 0, text: '' };
      const jar = this.#cookies.get(url.host) ?? new Map();
      this.#cookies.set(url.host, jar);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, { ...request, redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [name, ...value] = line.split(';')[0].split('=');
        jar.set(name, value.join('='));
      }
      const next = answer.headers.get('location');
      if (!next) return { url, status: answer.status, text: await answer.text() };
      url = new URL(next, url);
      request = { method: 'GET' };
    }
    throw new Error(`redirected in circles at ${url.origin}${url.pathname}`);
  }

  // Follows the first link on the page whose address contains `part`.
  async follow(page, part, stopAt) {
    const links = [...page.text.matchAll(/href="([^"]+)"/g)].map(([, link]) => link.replaceAll(/&#38;|&amp;/g, '&'));
    const link = links.find((candidate) => candidate.includes(part));
    if (!link) throw new Error(`no link with ${part} at ${page.url.pathname}: ${page.text}`);
    return this.open(new URL(link, page.url), stopAt);
  }
}
