// Starts the program once the page is painted, and says so if it does not come. The words are in index.html; when the
// program has drawn, the page is not inert any more, and the styles hide them.
(() => {
  const PATIENCE_MS = 8000;
  // Longer than any animation of the styles.
  const STILL_MS = 1500;

  // Where the diagram is wider than the page, its middle is in view, as it is when the program draws it.
  const frame = document.querySelector('.diagram-frame');
  frame.scrollLeft = Math.floor((frame.scrollWidth - frame.clientWidth) / 2);

  // What an address asks for and the styles cannot show: the title, and which terminal is open. The program draws them so.
  const { title, terminal } = document.documentElement.dataset;
  if (title) document.querySelector('.tagline').textContent = title;
  const open = document.querySelector(`.terminal[data-terminal="${terminal}"]`);
  const column = open?.closest('.column');
  for (const it of column?.children ?? []) it.toggleAttribute('data-front', it === open);
  for (const it of column?.parentElement.children ?? []) it.toggleAttribute('data-last', it === column);
  if (open && !column) open.parentElement.open = true;

  const missing = document.getElementById('missing');
  const say = (what) => {
    missing.dataset.what = what;
    missing.hidden = false;
  };
  missing.querySelector('button').addEventListener('click', () => location.reload());

  // The names of the build's own files, the only ones that this page may run: the policy lets nobody make another rule.
  // In the page that is a single file there are no names, and no rule.
  const { js, wasm, css, worker, manifest } = document.querySelector('meta[name="program"]')?.dataset ?? {};
  const createScriptURL = (name) => {
    if (name !== js && name !== worker) throw new TypeError(`not a script of this page: ${name}`);
    return name;
  };
  const rule = js && window.trustedTypes ? trustedTypes.createPolicy('lab', { createScriptURL }) : { createScriptURL };

  // The program is twenty times the page, and must not delay it on its way. A single file has come as a whole.
  const painted = new Promise((resolve) => {
    if (!js) return resolve();
    new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true });
    // A page in the background is not painted, and some browsers do not say that they have painted.
    setTimeout(resolve, 1000);
  });

  /** Runs a script of this folder, whose names are then everybody's. */
  const run = (name) =>
    new Promise((onload, reject) => {
      const onerror = () => reject(new Error(`Failed to fetch ${name}`));
      const src = rule.createScriptURL(name);
      document.head.append(Object.assign(document.createElement('script'), { src, onload, onerror }));
    });

  const link = (what) => document.head.append(Object.assign(document.createElement('link'), what));

  /** The styles of what the program draws and the page does not have at first. */
  const dress = () =>
    new Promise((onload, reject) => {
      const onerror = () => reject(new Error(`Failed to fetch ${css}`));
      link({ rel: 'stylesheet', href: css, onload, onerror });
    });

  /** The module of the program, of which a single file has all parts in it. */
  const fetched = async () => {
    if (js) return (await Promise.all([fetch(wasm), run(js), dress()]))[0];
    if (document.readyState !== 'complete') await new Promise((loaded) => addEventListener('load', loaded));
    return window.unpacked();
  };

  const start = async () => {
    const module = await fetched();
    await wasm_bindgen({ module_or_path: module });
    // What the program draws first is there already, and does not come in once more.
    setTimeout(() => delete document.documentElement.dataset.still, STILL_MS);
    window.wasmBindings = wasm_bindgen;
    if (manifest) link({ rel: 'manifest', href: manifest });
    if (worker && parent === window) keep();
  };

  /** Keeps the page for when there is no connection, and offers a newer one, which this page never becomes by itself. */
  const keep = async () => {
    const { serviceWorker: workers } = navigator;
    const registration = await workers?.register(rule.createScriptURL(worker), { updateViaCache: 'none' }).catch(() => {});
    // Not every browser keeps pages, and none does in every window.
    if (!registration) return;
    const newer = document.getElementById('newer');
    const offer = () => {
      newer.hidden = !registration.waiting || !workers.controller;
    };
    const [take, later] = newer.querySelectorAll('button');
    take.addEventListener('click', () => {
      const reload = () => location.reload();
      // Another window may have taken it already.
      if (!registration.waiting) return reload();
      workers.addEventListener('controllerchange', reload);
      registration.waiting.postMessage('take over');
    });
    later.addEventListener('click', () => newer.remove());
    registration.addEventListener('updatefound', () => {
      registration.installing.addEventListener('statechange', offer);
    });
    offer();
  };

  if (typeof WebAssembly === 'object') {
    setTimeout(say, PATIENCE_MS, 'file');
    painted.then(start).catch((error) => {
      say('file');
      console.error(error);
    });
  } else {
    say('wasm');
  }
})();
