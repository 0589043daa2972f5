// Gives the root element, before anything is painted, what the address or an earlier visit changes of the first paint:
// attributes, for which the styles look. The program gives it the same ones.
(() => {
  // As the schema of addresses has them; a test compares.
  const PAINTED = {
    puzzle: /^\d+$/,
    theme: /^(system|light|dark|contrast|projector)$/,
    title: /^(?=[^]*\S)\P{Cc}{1,80}$/u,
    view: /^(machine|ladder|both)$/,
    panels: /^((state|netstat|diagram|wire|firewall|terminals|time)(,\b|$))+$/,
    terminal: /^(client-upper|client-lower|server-upper|server-lower|network)$/,
    present: /^(on|off)$/,
    embed: /^(on|off|auto)$/,
    scale: /^(80|90|100|110|125|150|175|200)$/,
    motion: /^(system|reduced)$/,
    narrate: /^(on|off)$/,
  };
  const { dataset } = document.documentElement;
  try {
    const kept = localStorage.getItem('tcp-states.settings');
    for (const [, name, value] of kept.matchAll(/(theme|terminals)=(\w+)/g)) dataset[name] = value;
  } catch {
    // Nothing is kept, or this page may not look.
  }
  const { search } = location;
  // A longer one is not read.
  if (search.length < 4098 && search.split('&').length < 51) {
    for (const [name, value] of new URLSearchParams(search)) {
      if (PAINTED[name]?.test?.(value)) dataset[name] = value;
    }
  }
  if (dataset.theme === 'projector') dataset.theme = 'contrast';
  if (dataset.present === 'off') delete dataset.present;
  dataset.embed ??= 'auto';
  if (dataset.embed === 'auto') dataset.embed = self === top ? 'off' : 'on';
  const { panels, terminal, embed } = dataset;
  if (terminal) dataset.terminals = 'beside';
  if (panels ? !/terminals/.test(panels) : embed === 'on' && !terminal) dataset.terminals = 'away';
})();
