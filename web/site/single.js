// In the page that is a single file. Before this comes what wasm-bindgen made, in the same module.
window.wasm_bindgen = wasm_bindgen;

// What the file has compressed under this name: 13 bits in two letters, and what comes of them is gzip's.
const unpack = (name) => {
  const { textContent: text, dataset } = document.getElementById(name);
  // Of ASCII, all that can be in a text of HTML and in an attribute: 91 letters.
  const digits = [];
  let base = 0;
  for (let code = 33; code < 127; code += 1) {
    if (!'"&<'.includes(String.fromCharCode(code))) {
      digits[code] = base;
      base += 1;
    }
  }
  const digit = (at) => digits[text.charCodeAt(at)];
  const bytes = new Uint8Array(dataset.size);
  let [filled, bits, count] = [0, 0, 0];
  for (let at = 0; at < text.length; at += 2) {
    bits = (bits << 13) | (digit(at) * base + digit(at + 1));
    for (count += 13; count >= 8; count -= 8) {
      bytes[filled] = bits >> (count - 8);
      filled += 1;
    }
    // What was written must not run over.
    bits &= (1 << count) - 1;
  }
  // A stream of a Blob would come by way of the browser's own process.
  return new Response(new Response(bytes).body.pipeThrough(new DecompressionStream('gzip')));
};

// The page is hidden until its styles are there; the policy has no room for others than these.
const dressed = unpack('styles').text().then((styles) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [sheet];
  document.getElementById('page').hidden = false;
});

window.unpacked = async () => {
  await dressed;
  return unpack('program').arrayBuffer();
};

// A lesson by the name of its file, such as `en/handshake`; undefined if there is none.
let lessons;
window.unpackedLesson = async (name) => {
  lessons ??= unpack('lessons').json();
  return (await lessons)[name];
};
