
'use strict';
(() => {
  const student = document.getElementById('student');
  const answers = [...document.querySelectorAll('input[data-answer]')];
  const bar = document.createElement('nav');
  bar.setAttribute('aria-label', 'Answers');
  const filled = document.createElement('output');
  const save = document.createElement('button');
  save.type = 'button';
  save.textContent = 'Save the answers';
  bar.append(filled, save);
  document.body.append(bar);
  let open = false;
  const count = () => {
    const done = answers.filter((input) => input.value.trim() !== '').length;
    filled.textContent = `${done} of ${answers.length} filled in`;
  };
  for (const input of [student, ...answers]) {
    input.addEventListener('input', () => { open = true; count(); });
  }
  // Enter goes on to the next answer.
  answers.forEach((input, at) => input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    (answers[at + 1] || save).focus();
  }));
  save.addEventListener('click', () => {
    const sheet = { student: student.value.trim() };
    for (const input of answers) {
      const text = input.value.trim().replace(/−/g, '-');
      sheet[input.dataset.answer] = text === '' ? null : text;
    }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(sheet, null, 2) + '\n'], { type: 'application/json' }));
    link.download = 'answers.json';
    link.click();
    URL.revokeObjectURL(link.href);
    open = false;
  });
  window.addEventListener('beforeunload', (event) => { if (open) event.preventDefault(); });
  count();
})();
