// Starts the program once the page is painted, and says so if it does not come. The words are in index.html; when the
// program has drawn, the page is not inert any more, and the styles hide them.
(() => {
  const PATIENCE_MS = 8000;
  // Longer than any animation of the styles.
  const STILL_MS = 1500;

  // Where the diagram is wider than the page, its middle is in view, as it is when the program draws it.
  const frame = document.querySelector('.diagram-frame');
  frame.scrollLeft = Math.floor((frame.scrollWidth - frame.clientWidth) / 2);

  const missing = document.getElementById('missing');
  const say = (what) => {
    missing.dataset.what = what;
    missing.hidden = false;
  };
  missing.querySelector('button').addEventListener('click', () => location.reload());

  // The program is twenty times the page, and must not delay it on its way.
  const painted = new Promise((resolve) => {
    new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true });
    // A page in the background is not painted, and some browsers do not say that they have painted.
    setTimeout(resolve, 1000);
  });

  /** Runs a script of this folder, whose names are then everybody's. */
  const run = (src) =>
    new Promise((onload, reject) => {
      const onerror = () => reject(new Error(`Failed to fetch ${src}`));
      document.head.append(Object.assign(document.createElement('script'), { src, onload, onerror }));
    });

  const start = async () => {
    const { js, wasm } = document.querySelector('meta[name="program"]').dataset;
    const [module] = await Promise.all([fetch(wasm), run(js)]);
    // What the program draws first is there already, and does not come in once more.
    const { dataset } = document.documentElement;
    dataset.still = '';
    await wasm_bindgen({ module_or_path: module });
    setTimeout(() => delete dataset.still, STILL_MS);
    window.wasmBindings = wasm_bindgen;
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
