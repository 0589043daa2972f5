// What the picture of the page cannot do by itself until the program has come. The words are in index.html; once the
// program has drawn, the page is not inert any more, and the styles hide them.
(() => {
  // Where the diagram is wider than the page, its middle is in view, as it is when the program draws it.
  const frame = document.querySelector('.diagram-frame');
  frame.scrollLeft = Math.floor((frame.scrollWidth - frame.clientWidth) / 2);

  // If it does not come, the page says so.
  const PATIENCE_MS = 8000;
  const missing = document.getElementById('missing');
  const say = () => {
    missing.dataset.what = typeof WebAssembly === 'object' ? 'file' : 'wasm';
    missing.hidden = false;
  };
  missing.querySelector('button').addEventListener('click', () => location.reload());
  addEventListener('error', say, true);
  addEventListener('unhandledrejection', say);
  setTimeout(say, PATIENCE_MS);
  if (typeof WebAssembly !== 'object') say();
})();
