// Pages work without this file; it only makes them quicker and safer to the hand.
(function () {
  'use strict';
  document.querySelectorAll('form[method="post"]').forEach(function (form) {
    var changed = false;
    form.addEventListener('input', function () { changed = true; });
    form.addEventListener('submit', function (event) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = 'yes';
      changed = false;
      window.setTimeout(function () { delete form.dataset.sent; }, 4000);
    });
    window.addEventListener('beforeunload', function (event) { if (changed && !form.dataset.sent) event.preventDefault(); });
  });
  document.querySelectorAll('[data-select-all]').forEach(function (all) {
    var boxes = document.querySelectorAll('input[name="' + all.dataset.selectAll + '"]');
    var count = document.getElementById(all.dataset.count || '');
    function show() { if (count) count.textContent = String(Array.prototype.filter.call(boxes, function (box) { return box.checked; }).length); }
    all.hidden = false;
    all.addEventListener('change', function () { boxes.forEach(function (box) { box.checked = all.checked; }); show(); });
    boxes.forEach(function (box) { box.addEventListener('change', show); });
    show();
  });
  document.querySelectorAll('select').forEach(function (select) {
    if (select.options.length < 15) return;
    var input = document.createElement('input');
    input.type = 'search';
    input.className = 'form-control form-control-sm';
    input.setAttribute('aria-label', document.documentElement.lang === 'en' ? 'Filter the list below' : '筛选下面的列表');
    input.placeholder = document.documentElement.lang === 'en' ? 'type to filter' : '输入名称筛选';
    var options = Array.prototype.slice.call(select.options);
    input.addEventListener('input', function () {
      var word = input.value.trim().toLowerCase();
      var first = null;
      options.forEach(function (option) {
        var fits = !word || option.text.toLowerCase().indexOf(word) >= 0 || option.value === '';
        option.hidden = !fits;
        if (fits && option.value && !first) first = option;
      });
      if (word && first && !select.multiple) { select.value = first.value; select.dispatchEvent(new Event('input', { bubbles: true })); }
    });
    select.parentNode.insertBefore(input, select);
  });
  var faults = document.getElementById('faults');
  if (faults) faults.focus();
}());
