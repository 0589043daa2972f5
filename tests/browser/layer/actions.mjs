// Clicks and keys in the form that WebDriver and WebDriver BiDi share: https://www.w3.org/TR/webdriver2/#actions.

/** The keys that are not characters. */
const NAMED = {
  Alt: '\uE00A',
  ArrowDown: '\uE015',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  ArrowUp: '\uE013',
  Backspace: '\uE003',
  Control: '\uE009',
  Delete: '\uE017',
  End: '\uE010',
  Enter: '\uE007',
  Escape: '\uE00C',
  Home: '\uE011',
  PageDown: '\uE00F',
  PageUp: '\uE00E',
  Shift: '\uE008',
  Tab: '\uE004',
};

const key = (type, value) => ({ type, value });
const keys = (actions) => [{ type: 'key', id: 'keyboard', actions }];

/** A click at a point of the window. */
export const click = (x, y) => [
  {
    type: 'pointer',
    id: 'mouse',
    parameters: { pointerType: 'mouse' },
    actions: [
      { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ],
  },
];

/** Each character of a text, one after the other. */
export const typing = (text) => keys([...text].flatMap((value) => [key('keyDown', value), key('keyUp', value)]));

/** Keys pressed together, as `Enter` or `Control+Shift+z`. */
export const combination = (names) => {
  const values = names.split(/(?<=.)\+/).map((name) => NAMED[name] ?? name);
  return keys([...values.map((value) => key('keyDown', value)), ...values.reverse().map((value) => key('keyUp', value))]);
};
