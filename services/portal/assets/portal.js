// The only script: sends what books once, and shows how long a reservation still lasts. Everything works without it.
"use strict";
(() => {
  // The answer to the second click of a double click hides the one that says what was booked.
  const doubleClick = 2000;
  for (const form of document.querySelectorAll("form[data-once]")) {
    let sent = -doubleClick;
    form.addEventListener("submit", (event) => {
      if (event.timeStamp - sent < doubleClick) event.preventDefault();
      else sent = event.timeStamp;
    });
  }
})();
(() => {
  const box = document.querySelector("[data-seconds-left]");
  if (!box) return;
  const shown = box.querySelector("[data-countdown]");
  const announced = box.querySelector("[data-announce]");
  // Counted from the server's answer: the clock of this device may be wrong.
  const ends = performance.now() + Number(box.dataset.secondsLeft) * 1000;
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  let lastMinute = null;

  const tick = () => {
    const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
    const minutes = Math.floor(left / 60);
    const seconds = String(left % 60).padStart(2, "0");
    if (left === 0) {
      clearInterval(timer);
      shown.textContent = announced.textContent = box.dataset.ended;
      box.querySelector("[data-until]").textContent = box.dataset.endedTitle;
      document.title = document.title.replace(/^.*(?= - )/, box.dataset.endedTitle);
      for (const button of document.querySelectorAll("[data-needs-time]")) button.disabled = true;
      for (const part of document.querySelectorAll("[data-when-ended]")) part.hidden = false;
      return;
    }
    shown.textContent = say(box.dataset.left, { minutes, seconds });
    // Screen readers are told at whole minutes, and only near the end.
    if (left % 60 === 0 && minutes !== lastMinute && [5, 2, 1].includes(minutes)) {
      lastMinute = minutes;
      announced.textContent = box.dataset[`minutes-${minutes}`];
    }
  };
  shown.hidden = false;
  const timer = setInterval(tick, 1000);
  tick();
})();
