// Pages work without this file; it only makes them quicker and safer to the hand. It remembers nothing. ES2019: offices still run Chrome 80.
(() => {
  'use strict';
  const words = document.currentScript.dataset;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  function guardForm(form) {
    let changed = false;
    form.addEventListener('input', () => { changed = true; });
    form.addEventListener('submit', (event) => {
      if (form.classList.contains('sent')) { event.preventDefault(); return; }
      form.classList.add('sent');
      changed = false;
      // Not for good: an answer may be a download or a network fault, and the command key makes a second sending harmless.
      window.setTimeout(() => form.classList.remove('sent'), 4000);
    });
    window.addEventListener('beforeunload', (event) => {
      if (!changed || form.classList.contains('sent')) return;
      event.preventDefault();
      event.returnValue = '';
    });
  }

  function countChosen(box) {
    const boxes = all(`input[name="${box.dataset.selectAll}"]`, box.form || document);
    const count = document.getElementById(box.dataset.count || '');
    const show = () => {
      const chosen = boxes.filter((each) => each.checked).length;
      if (count) count.textContent = String(chosen);
      box.checked = chosen > 0 && chosen === boxes.length;
      box.indeterminate = chosen > 0 && chosen < boxes.length;
    };
    box.hidden = false;
    // Back from the next page, boxes are as they were left.
    window.addEventListener('pageshow', show);
    box.addEventListener('change', () => { boxes.forEach((each) => { each.checked = box.checked; }); show(); });
    boxes.forEach((each) => each.addEventListener('change', show));
    show();
  }

  const nameOf = (select) => (select.labels[0] ? select.labels[0].textContent.replace('*', '').trim() : select.getAttribute('aria-label') || '');

  // A list of 120 units is found by typing two characters of any of its names. What was chosen stays chosen while it fits.
  function filterSelect(select) {
    const options = Array.from(select.options);
    if (options.length < 15 || select.multiple || select.dataset.plain) return;
    const input = document.createElement('input');
    input.type = 'search';
    input.className = 'form-control form-control-sm';
    input.placeholder = words.filter;
    input.setAttribute('aria-label', `${nameOf(select)} ${words.filter}`);
    input.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); select.dispatchEvent(new Event('enter')); } });
    input.addEventListener('input', () => {
      const word = input.value.trim().toLowerCase();
      options.forEach((option) => { option.hidden = word !== '' && option.value !== '' && !`${option.text} ${option.dataset.names || ''}`.toLowerCase().includes(word); });
      const first = options.find((option) => option.value !== '' && !option.hidden);
      input.classList.toggle('is-invalid', word !== '' && !first);
      if (word === '' || !first || (select.value !== '' && !select.selectedOptions[0].hidden)) return;
      select.value = first.value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    select.parentNode.insertBefore(input, select);
    select.addEventListener('emptied', () => { input.value = ''; input.classList.remove('is-invalid'); options.forEach((option) => { option.hidden = false; }); });
  }

  // Several are chosen one after the other, and stand below with a button that takes each away; the list itself stays what is sent.
  function chooseMany(select) {
    const picker = document.createElement('select');
    picker.className = 'form-select';
    picker.id = `${select.id}-pick`;
    picker.setAttribute('aria-label', `${nameOf(select)} ${words.choose}`);
    Array.from(select.labels).forEach((label) => { label.htmlFor = picker.id; });
    picker.appendChild(new Option(words.choose, ''));
    Array.from(select.options).forEach((option) => { picker.appendChild(option.cloneNode(true)).selected = false; });
    const chosen = document.createElement('ul');
    chosen.className = 'chosen';
    const row = document.createElement('div');
    row.className = 'choose';
    const add = document.createElement('button');
    add.type = 'button';
    add.className = 'btn btn-sm btn-outline-secondary';
    add.textContent = words.choose;
    const show = () => {
      chosen.textContent = '';
      Array.from(select.selectedOptions).forEach((option) => {
        const item = document.createElement('li');
        const remove = document.createElement('button');
        remove.type = 'button';
        remove.className = 'row-remove';
        remove.textContent = '×';
        remove.setAttribute('aria-label', `${words.remove} ${option.text.trim()}`);
        remove.addEventListener('click', () => { option.selected = false; changed(); add.focus(); });
        item.append(option.text.trim(), remove);
        chosen.appendChild(item);
      });
    };
    const changed = () => { show(); select.dispatchEvent(new Event('input', { bubbles: true })); };
    const take = () => {
      const option = Array.from(select.options).find((each) => each.value === picker.value);
      if (!option || picker.value === '') return;
      option.selected = true;
      picker.value = '';
      picker.dispatchEvent(new Event('emptied'));
      changed();
    };
    add.addEventListener('click', take);
    picker.addEventListener('enter', take);
    // Whoever chose and did not add meant it all the same.
    if (select.form) select.form.addEventListener('submit', take, true);
    select.hidden = true;
    row.append(picker, add);
    select.parentNode.insertBefore(row, select);
    select.parentNode.insertBefore(chosen, select);
    filterSelect(picker);
    show();
  }

  // The server gives three empty rows; more are copies of the last. Rows that stand for something (with a title) are as many as they are.
  const mostRows = 60;
  function repeatRows(table) {
    const body = table.tBodies[0];
    if (!body || body.rows.length === 0 || table.querySelector('.row-title')) return;
    Array.from(body.rows).forEach(clearable);
    const add = document.createElement('button');
    add.type = 'button';
    add.className = 'btn btn-sm btn-outline-secondary mb-2';
    add.textContent = words.add;
    add.addEventListener('click', () => {
      const row = body.rows[body.rows.length - 1].cloneNode(true);
      const number = body.rows.length + 1;
      row.cells[0].textContent = String(number);
      all('[name]', row).forEach((control) => {
        control.name = control.name.replace(/\.\d+\./, `.${number - 1}.`);
        control.setAttribute('aria-label', (control.getAttribute('aria-label') || '').replace(/\d+$/, String(number)));
      });
      all('input[type="search"]:not([name])', row).forEach((input) => input.remove());
      all('select', row).forEach(filterSelect);
      clear(row);
      body.appendChild(row);
      clearable(row);
      add.hidden = number >= mostRows;
      all('[name]', row)[0].focus();
    });
    table.parentNode.parentNode.insertBefore(add, table.parentNode.nextSibling);
  }

  function clearable(row) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'row-remove';
    button.textContent = '×';
    button.setAttribute('aria-label', `${words.remove} ${row.cells[0].textContent}`);
    button.title = words.remove;
    button.addEventListener('click', () => { clear(row); button.dispatchEvent(new Event('input', { bubbles: true })); });
    row.cells[0].appendChild(button);
  }

  // An empty row does not count, so clearing removes it.
  function clear(row) {
    all('input', row).forEach((input) => { if (input.type === 'checkbox') input.checked = false; else input.value = ''; });
    all('select', row).forEach((select) => { select.value = ''; Array.from(select.options).forEach((option) => { option.hidden = false; }); });
  }

  // What was copied, by lines and cells; [] when it is one text to be pasted as ever. A spreadsheet gives a table along, in which a cell may have several lines.
  function linesOf(clipboard) {
    const text = clipboard.getData('text').replace(/\r/g, '').replace(/\n$/, '');
    const table = new DOMParser().parseFromString(clipboard.getData('text/html'), 'text/html');
    all('br', table).forEach((each) => each.replaceWith('\n'));
    const rows = all('table tr', table).map((row) => Array.from(row.cells).map((cell) => cell.textContent.trim()));
    if (rows.length > 0) return rows.length > 1 || rows[0].length > 1 ? rows : [];
    return /[\n\t]/.test(text) ? text.split('\n').map((line) => line.split('\t').map((cell) => cell.trim())) : [];
  }

  // Where rows have a field for each column, the cells of a line fill them from the one in which somebody is.
  // What no field understands is told, and changes nothing.
  function fillAcross(row, first, cells, unread) {
    const fields = all('input, select, textarea', row);
    cells.forEach((cell, at) => {
      const field = fields[fields.indexOf(first) + at];
      if (!field || cell === '') return;
      const date = cell.match(/^(\d{4})\D(\d{1,2})\D(\d{1,2})/);
      const option = field.tagName === 'SELECT' && Array.from(field.options).find((each) => each.textContent.trim() === cell);
      if (option) field.value = option.value;
      else if (field.type === 'date' && date) field.value = [date[1], date[2].padStart(2, '0'), date[3].padStart(2, '0')].join('-');
      else if (field.tagName !== 'SELECT' && field.type !== 'date') field.value = cell;
      else unread.push(row.dataset.number + ' ' + cell);
    });
  }

  // Cells copied from a spreadsheet go to the rows that they belong to: by the number in the first column, else one after the other.
  function pasteRows(table) {
    const rows = all('tr[data-number]', table);
    // A row may have a field for its unit and one for its words: the one in which somebody is.
    const fieldOf = (row, like) => row.querySelector('[name^="' + like.name.split('.')[0] + '."]');
    const told = document.createElement('p');
    told.className = 'notice notice-warn pasted';
    told.setAttribute('role', 'alert');
    told.hidden = true;
    table.parentNode.insertBefore(told, table);
    const fields = all('tr[data-number] input, tr[data-number] select, tr[data-number] textarea', table);
    // What a paste changed, until the next: Ctrl+Z of the browser knows nothing of it.
    function tell(text, before) {
      const changed = fields.filter((field, at) => field.value !== before[at]);
      told.textContent = [changed.length > 0 ? words.pasted.replace('#', String(changed.length)) : '', text].filter(Boolean).join(' ');
      told.hidden = told.textContent === '';
      if (changed.length === 0) return;
      const undo = document.createElement('button');
      undo.type = 'button';
      undo.className = 'btn btn-sm btn-outline-secondary ms-2';
      undo.textContent = words.undo;
      undo.addEventListener('click', () => { fields.forEach((field, at) => { if (changed.includes(field)) field.value = before[at]; }); told.hidden = true; changed[0].focus(); });
      told.append(undo);
    }
    table.addEventListener('paste', (event) => {
      const start = rows.findIndex((row) => fieldOf(row, event.target) === event.target);
      const lines = start < 0 ? [] : linesOf(event.clipboardData || window.clipboardData);
      if (lines.length === 0) return;
      event.preventDefault();
      const before = fields.map((field) => field.value);
      // What has no number of its own stays under one heading: those below it stand for something else.
      const below = rows.slice(start).filter((row) => row.parentNode === rows[start].parentNode);
      const named = lines.map((cells) => rows.find((row) => cells.length > 1 && row.dataset.number === cells[0]));
      // More lines than rows are a column of something else, in another order: none of it is filled in.
      const over = named.some(Boolean) ? 0 : named.length - below.length;
      const unread = [];
      lines.forEach((cells, line) => {
        // Among lines with numbers one without is a heading.
        if (!named[line] && named.some(Boolean)) { unread.push(cells.join(' ')); return; }
        const row = over > 0 ? null : named[line] || below.shift();
        if (!row) return;
        if (table.dataset.paste === 'columns') { fillAcross(row, fieldOf(row, event.target), named[line] ? cells.slice(1) : cells, unread); return; }
        // The words of a choice choose it; what is left is the text.
        const choice = event.target.tagName === 'TEXTAREA' ? row.querySelector('.own-words select') : null;
        const option = choice && Array.from(choice.options).find((each) => each.value !== '' && cells.includes(each.textContent.trim()));
        if (option) choice.value = option.value;
        const left = cells.filter((cell, at) => cell !== '' && !(named[line] && at === 0) && !(option && cell === option.textContent.trim()));
        const content = choice ? left.join(' ') : left[left.length - 1];
        if (content) fieldOf(row, event.target).value = content;
      });
      tell(over > 0 ? words.over.replace('#', String(lines.length)).replace('#', String(below.length)) : unread.length > 0 ? words.unread.replace('#', unread.join('；')) : '', before);
      event.target.dispatchEvent(new Event('input', { bubbles: true }));
    });
    // As in a spreadsheet: Enter goes to the row below, Ctrl+D takes what stands above.
    table.addEventListener('keydown', (event) => {
      const at = rows.findIndex((row) => fieldOf(row, event.target) === event.target);
      if (at < 0 || event.target.tagName === 'TEXTAREA') return;
      const fills = event.key === 'd' && (event.ctrlKey || event.metaKey);
      if (event.key !== 'Enter' && !fills) return;
      event.preventDefault();
      if (fills && at > 0 && rows[at - 1].parentNode === rows[at].parentNode) {
        event.target.value = fieldOf(rows[at - 1], event.target).value;
        event.target.dispatchEvent(new Event('input', { bubbles: true }));
      }
      const below = rows[at + 1];
      if (below && below.parentNode === rows[at].parentNode) fieldOf(below, event.target).focus();
    });
  }

  // A text for the chat: chosen by one click, copied by another. Offices read over plain HTTP, where there is no clipboard but the old command.
  function copies(button) {
    const text = document.getElementById(button.dataset.copy);
    button.hidden = false;
    text.addEventListener('focus', () => text.select());
    button.addEventListener('click', () => { text.focus(); text.select(); if (document.execCommand('copy')) button.textContent = button.dataset.copied; });
  }

  // The second click of a double one may land on the page that came meanwhile: it follows no link there, and confirms nothing that nobody has seen.
  document.addEventListener('click', (event) => { if (event.detail > 1 && event.target.closest && event.target.closest('a[href], button:not([type="button"])')) event.preventDefault(); }, true);
  all('[data-print]').forEach((button) => { button.hidden = false; button.addEventListener('click', () => window.print()); });
  all('[data-copy]').forEach(copies);
  all('table[data-paste]').forEach(pasteRows);
  all('form[method="post"]').forEach(guardForm);
  all('[data-select-all]').forEach(countChosen);
  all('select[multiple]').forEach(chooseMany);
  all('select:not([multiple])').forEach((select) => { if (!select.parentNode.classList.contains('choose')) filterSelect(select); });
  all('table.rows').forEach(repeatRows);
  // Back from the next page, a form sent once may be sent again.
  window.addEventListener('pageshow', () => all('form.sent').forEach((form) => form.classList.remove('sent')));
  document.addEventListener('click', (event) => all('details.who[open], details.further[open], details.menu-more[open]').forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  // A form with files carries its token in its address; where it comes back, the address is the page's own again.
  if (/[?&]_csrf=/.test(window.location.search)) window.history.replaceState(null, '', window.location.pathname);
  const faults = document.getElementById('faults');
  if (faults) faults.focus();
})();
