// Segments on the wire: whatever is written on one has room in it, at all widths; and connections can be told apart.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { region, textbox } from './layer/tab.mjs';

const WIDTHS = [[320, 700], [390, 844], [720, 900], [1024, 576], [1280, 720], [1920, 1080]];

/** What is written on each segment, and how far it sticks out of it, in pixels. */
const chips = (tab) =>
  tab.evaluate(() => [...document.querySelectorAll('.segment')].map((chip) => {
    const box = chip.getBoundingClientRect();
    const parts = [...chip.children].filter((it) => it.getBoundingClientRect().width > 0);
    const out = parts.map((it) => it.getBoundingClientRect()).map(({ left, right, top, bottom }) =>
      Math.max(box.left - left, right - box.right, box.top - top, bottom - box.bottom));
    const label = chip.querySelector('.label') ?? chip;
    const own = [...chip.childNodes].filter((it) => it.nodeType === 3 || parts.includes(it));
    const text = own.map((it) => it.textContent.trim()).filter(Boolean).join(' ');
    const range = document.createRange();
    range.selectNodeContents(chip);
    const words = range.getBoundingClientRect();
    out.push(chip.scrollWidth - chip.clientWidth);
    if (label === chip) out.push(box.left - words.left, words.right - box.right);
    return { text, out: Math.max(...out), cut: label.scrollWidth - label.clientWidth };
  }));

/** Types lines into the network's console and elsewhere, some milliseconds of the page's time after one another. */
const plays = async (tab, lines) => {
  const lab = await Lab.open(tab, '?terminal=network');
  for (const [title, line, after = 20] of lines) {
    await tab.focus(region(title), textbox());
    await tab.type(line);
    await tab.key('Enter');
    await lab.passes(after);
  }
};

/** What has to have room: the longest that hosts send, sent again and stopped, and longer things by hand. */
const SENT = {
  'a SYN|ACK that is dropped again': [
    [['S_m lower', 'sudo iptables -I OUTPUT -p tcp --sport 5555 -j DROP'], ['C_m upper', 'nc 10.211.55.10 5555', 4_000]],
    /^SYN\|ACK( #\d)? ✕$/,
  ],
  'data with a FIN that is lost again': [
    [['C_m upper', 'nc 10.211.55.10 5555', 6_000], ['network', 'drop client * +'], ['network', 'drop client FA'],
      ['C_m upper', 'hello'], ['C_m upper', 'how are you'], ['network', 'delay 1', 6_000]],
    /^data \d+ #\d( ✕)?$/,
  ],
  'FIN|PSH|ACK by hand, dropped': [
    [['C_m upper', 'nc 10.211.55.10 5555', 6_000], ['network', 'delay 900'], ['network', 'send-segment --flags FIN,PSH,ACK'],
      ['network', 'drop FIN']],
    /^FIN\|PSH\|ACK ✕$/,
  ],
  'all flags by hand': [
    [['network', 'delay 900'], ['network', 'send-segment --from client:7 --to server:5555 --flags SYN,FIN,RST,PSH,ACK,URG']],
    /^SYN\|FIN\|RST\|PSH\|ACK\|URG$/,
  ],
};

for (const [name, [lines, wanted]] of Object.entries(SENT)) {
  test(`it has room: ${name}`, async ({ tab }) => {
    await tab.resize(1280, 900);
    await plays(tab, lines);
    for (const [width, height] of WIDTHS) {
      await tab.resize(width, height);
      const all = await chips(tab);
      expect(all.map(({ text }) => text), `at ${width}×${height}`).toContainEqual(expect.stringMatching(wanted));
      for (const { text, out, cut } of all) {
        expect(out, `${text} at ${width}×${height}`).toBeLessThanOrEqual(0.5);
        if (width >= 390 && !text.includes('URG')) expect(cut, `${text} is cut at ${width}×${height}`).toBeLessThanOrEqual(0);
      }
    }
  });
}

test('segments of several connections carry the port of theirs', async ({ tab }) => {
  await tab.resize(1280, 900);
  await plays(tab, [['network', 'delay 900'], ['C_m lower', 'nc -p 7001 10.211.55.10 5555 &', 300],
    ['C_m lower', 'nc -p 7002 10.211.55.10 5555 &', 300]]);
  const texts = async () => (await chips(tab)).map(({ text }) => text);
  expect(await texts()).toEqual(['SYN :7001', 'SYN :7002']);
  for (const [width, height] of WIDTHS) {
    await tab.resize(width, height);
    for (const { text, out, cut } of await chips(tab)) {
      expect([out > 0.5, cut > 0], `${text} at ${width}×${height}`).toEqual([false, false]);
    }
  }
});
