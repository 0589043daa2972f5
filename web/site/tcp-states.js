// Defines <tcp-states scene="…" panels="…">: the lab as a part of another page. It is a plain script, because a module
// would have to come with CORS headers. docs/address.md lists the attributes, and docs/messages.md
// what the lab and the page around it say to each other.
(() => {
  const script = document.currentScript ?? document.querySelector('script[src*="tcp-states.js"]');
  const FILE = new URL('tcp-states.html', script.src).href;
  const KEY = 'tcp-states';

  // What an attribute means to every element, and not to the lab.
  const NOT_OURS = /^(class|dir|exportparts|hidden|id|inert|nonce|part|role|slot|style|tabindex|(aria|data)-.*|on.*)$/;

  // Pixels: until the lab has said how high it is, and what is believed of it.
  const HEIGHT = 620;
  const LEAST = 120;
  const MOST = 5000;

  class TcpStates extends HTMLElement {
    #frame;
    #nonce;
    #waiting = [];
    #watch = new MutationObserver(() => this.#go());

    connectedCallback() {
      const frame = document.createElement('iframe');
      frame.loading = 'lazy';
      // The frame becomes as high as the lab; a scrollbar that comes before would make the lab narrower, and stay.
      frame.scrolling = 'no';
      frame.sandbox = 'allow-scripts allow-downloads';
      frame.allow = 'fullscreen; clipboard-write';
      this.style.display ||= 'block';
      Object.assign(frame.style, { display: 'block', width: '100%', height: `${HEIGHT}px`, border: 0 });
      this.#frame = frame;
      this.#go();
      (this.shadowRoot ?? this.attachShadow({ mode: 'open' })).replaceChildren(frame);
      this.#watch.observe(this, { attributes: true });
      addEventListener('message', this);
    }

    disconnectedCallback() {
      removeEventListener('message', this);
      this.#watch.disconnect();
      this.#frame.remove();
      this.#frame = this.#nonce = null;
      this.#waiting = [];
    }

    // Shows what the attributes ask for, unless that is shown already.
    #go() {
      const query = new URLSearchParams();
      for (const { name, value } of this.attributes) {
        if (!NOT_OURS.test(name)) query.append(name, value);
      }
      const src = `${FILE}?${query}`;
      this.#frame.title = this.title || 'tcp-states: both ends of a TCP connection';
      if (this.#frame.src === src) return;
      this.#nonce = null;
      this.#frame.src = src;
    }

    // A message is the lab's if it comes from the frame and has the nonce with which the lab began.
    handleEvent({ source, data }) {
      if (source !== this.#frame.contentWindow || data?.[KEY] !== 1) return;
      const { type, nonce, height } = data;
      if (type === 'ready') this.#nonce = nonce;
      if (!nonce || nonce !== this.#nonce) return;
      if (height > 0) this.#frame.style.height = `${Math.min(Math.max(height, LEAST), MOST)}px`;
      if (type === 'ready') this.#waiting.splice(0).forEach((message) => this.send(...message));
      this.dispatchEvent(new CustomEvent(`${KEY}-${type}`, { bubbles: true, detail: data }));
    }

    // Sends the lab a message, once it is there.
    send(type, fields) {
      if (!this.#nonce) this.#waiting.push([type, fields]);
      // The frame has no origin that could be named.
      else this.#frame.contentWindow.postMessage({ ...fields, [KEY]: 1, type, nonce: this.#nonce }, '*');
    }

    play() { this.send('play'); }
    pause() { this.send('pause'); }
    step() { this.send('step'); }
    seek(at) { this.send('seek', { at }); }
    undo() { this.send('undo'); }
    reset() { this.send('reset'); }
    load(scene) { this.send('load', { scene }); }

    // A promise of the session as the text of a link; or offers the reader the session that is given.
    session(session) {
      if (session) return this.send('set-session', { session });
      this.send('get-session');
      return new Promise((resolve) => {
        this.addEventListener(`${KEY}-session`, ({ detail }) => resolve(detail.session), { once: true });
      });
    }
  }

  customElements.get(KEY) ?? customElements.define(KEY, TcpStates);
})();
