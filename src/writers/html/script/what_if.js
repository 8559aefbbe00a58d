"use strict";
// What would be open if stays began and lasted otherwise: the formula of src/statistics/what_if.rs.
(() => {
  const DAYS_OF_MONTH = 365 / 12;

  // The share of all nights that are among the first so many of a stay; everything beyond the last.
  const share = (within, days) => {
    const at = Math.floor(days);
    if (at + 1 >= within.length) return 1;
    return within[at] + (within[at + 1] - within[at]) * (days - at);
  };

  const inTheLongRun = (starts, mean) => (starts / DAYS_OF_MONTH) * mean;

  const openAfter = (months, open, starts, mean, usual, within) => {
    const level = inTheLongRun(starts, mean);
    const days = months * DAYS_OF_MONTH;
    const part = mean > 0 ? share(within, (days * usual) / mean) : 1;
    return open + (level - open) * part;
  };

  if (typeof document === "undefined") {
    module.exports = { inTheLongRun, openAfter };
    return;
  }

  const oneDecimal = (value) =>
    value.toLocaleString("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  for (const figure of document.querySelectorAll("figure.what-if")) {
    const now = { starts: Number(figure.dataset.starts), mean: Number(figure.dataset.mean) };
    const open = Number(figure.dataset.open);
    const within = figure.dataset.within.split(" ").map(Number);
    const sliders = [...figure.querySelectorAll("input")];
    // until it is moved a slider stands for the exact number, which its steps may not have
    const wanted = { ...now };
    const show = () => {
      for (const slider of sliders) {
        const shown = oneDecimal(wanted[slider.name]);
        slider.setAttribute("aria-valuetext", shown);
        slider.nextElementSibling.textContent = shown;
      }
      for (const output of figure.querySelectorAll("output[data-after]")) {
        const months = Number(output.dataset.after);
        const value =
          months === 0
            ? inTheLongRun(wanted.starts, wanted.mean)
            : openAfter(months, open, wanted.starts, wanted.mean, now.mean, within);
        output.dataset.value = value;
        output.textContent = oneDecimal(value);
      }
    };
    const reset = () => {
      for (const slider of sliders) {
        slider.value = now[slider.name];
        wanted[slider.name] = now[slider.name];
      }
      show();
    };
    for (const slider of sliders) {
      slider.addEventListener("input", () => {
        wanted[slider.name] = Number(slider.value);
        show();
      });
    }
    figure.querySelector("button").addEventListener("click", reset);
    reset();
    figure.hidden = false;
  }
})();
