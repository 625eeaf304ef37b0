/* Tells of the statement that is pointed at or focused. Whatever comes from an article is set as
   text; nothing here reads or writes markup. */
(() => {
  "use strict";
  const views = new WeakMap();
  let cards = 0;

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const table = (scores) => {
    const rows = make("table");
    const head = rows.createTHead().insertRow();
    ["Toward", "Polarity", "against", "neutral", "in favour"].forEach((name, place) => {
      const cell = make("th", place > 1 ? "n" : "", name);
      cell.scope = "col";
      head.append(cell);
    });
    const body = rows.createTBody();
    for (const score of scores) {
      const row = body.insertRow();
      const target = row.insertCell();
      target.append(make("bdi", "", score.target));
      if (score.surface && score.surface !== score.target) {
        target.append(" (", make("bdi", "", `“${score.surface}”`), ")");
      }
      const polarity = row.insertCell();
      polarity.append(make("span", `chip ${score.css}`, score.polarity ?? "not scored"));
      if (score.corrected) polarity.append(" by hand");
      for (const part of score.parts) row.append(make("td", "n", part.toFixed(2)));
    }
    return rows;
  };

  const card = (told, close) => {
    const made = make("div", `card ${told.css}`);
    made.id = `card-${(cards += 1)}`;
    made.hidden = true;
    const button = make("button", "close", "Close");
    button.type = "button";
    button.addEventListener("click", close);
    const name = make("h2");
    const glyph = make("span", "glyph", told.glyph);
    glyph.setAttribute("aria-hidden", "true");
    name.append(glyph, " ", make("bdi", "", told.who));
    const form = told.form[0].toUpperCase() + told.form.slice(1);
    const facts = make("dl");
    for (const [label, value] of told.facts) {
      const words = make("dd");
      words.append(make("bdi", "", value));
      facts.append(make("dt", "", label), words);
    }
    made.append(button, name, make("p", "under", `${told.group} · ${form}`), facts);
    if (told.scores.length) made.append(table(told.scores));
    return made;
  };

  const open = (root) => {
    if (views.has(root)) return views.get(root);
    const data = root.querySelector("script[type='application/json']");
    const panel = root.querySelector(".panel");
    const hint = root.querySelector(".hint");
    const pieces = [...root.querySelectorAll(".s")];
    const chosen = new Set();
    const made = [];
    let shown = -1;

    const hide = () => {
      root.querySelectorAll(".on, .lit, .antecedent").forEach((element) => {
        element.classList.remove("on", "lit", "antecedent");
      });
      if (made[shown]) made[shown].hidden = true;
      shown = -1;
      hint.hidden = false;
      panel.classList.remove("open");
    };
    const show = (number) => {
      if (number === shown || !made[number]) return;
      hide();
      shown = number;
      const mark = (selector, className) => {
        root.querySelectorAll(selector).forEach((element) => element.classList.add(className));
      };
      mark(`.s[data-s="${number}"]`, "on");
      mark(`[data-source~="${number}"], [data-cue~="${number}"]`, "lit");
      mark(`[data-antecedent~="${number}"]`, "antecedent");
      hint.hidden = true;
      made[number].hidden = false;
      panel.classList.add("open");
      panel.scrollTop = 0;
    };
    const numberOf = (target) => {
      const piece = target.closest?.(".s");
      return piece && !piece.classList.contains("off") ? Number(piece.dataset.s) : -1;
    };
    const stops = () => pieces.filter((p) => p.hasAttribute("tabindex") && !p.classList.contains("off"));
    const choose = () => {
      for (const piece of [...pieces, ...root.querySelectorAll("tr[data-voice]")]) {
        const off = chosen.size > 0 && !chosen.has(piece.dataset.voice);
        piece.classList.toggle("off", off);
        if (piece.hasAttribute("aria-label")) {
          piece.tabIndex = off || piece.classList.contains("narration") ? -1 : 0;
        }
        if (piece.matches("tr")) piece.hidden = off;
      }
      root.querySelectorAll(".voice").forEach((button) => {
        button.setAttribute("aria-pressed", String(chosen.has(button.dataset.voice)));
      });
      root.querySelector(".everyone").hidden = chosen.size === 0;
      if (panel) hide();
    };

    root.querySelectorAll(".voice").forEach((button) => {
      button.disabled = false;
      button.addEventListener("click", () => {
        const voice = button.dataset.voice;
        if (!chosen.delete(voice)) chosen.add(voice);
        choose();
      });
    });
    root.querySelector(".everyone").addEventListener("click", () => {
      chosen.clear();
      choose();
      root.querySelector(".voice")?.focus();
    });

    const view = { show, hide };
    views.set(root, view);
    if (!data) return view;
    JSON.parse(data.textContent).forEach((told, index) => {
      if (!told) return;
      made[index] = card(told, hide);
      panel.append(made[index]);
      root.querySelectorAll(`.s[data-s="${index}"][id]`).forEach((piece) => {
        piece.setAttribute("aria-describedby", made[index].id);
      });
    });
    panel.hidden = false;
    const text = root.querySelector(".text");
    text.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse") show(numberOf(event.target));
    });
    text.addEventListener("click", (event) => show(numberOf(event.target)));
    text.addEventListener("focusin", (event) => show(numberOf(event.target)));
    root.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const all = stops();
      const here = all.indexOf(document.activeElement);
      if (here < 0) return;
      const next = {
        ArrowDown: here + 1, ArrowRight: here + 1, ArrowUp: here - 1, ArrowLeft: here - 1,
        Home: 0, End: all.length - 1,
      }[event.key];
      if (next === undefined || !all[next]) return;
      event.preventDefault();
      all[next].focus();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
    return view;
  };

  const roots = (within) => [...within.querySelectorAll(".reading")];
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let up = target; up; up = up.parentElement) {
      if (up.matches("details")) up.open = true;
    }
    const root = target.closest(".reading");
    const view = root && open(root);
    target.scrollIntoView({ block: root ? "center" : "start" });
    if (!target.hasAttribute("tabindex")) return;
    target.focus({ preventScroll: true });
    if (target.dataset.s) view.show(Number(target.dataset.s));
  };

  document.addEventListener("toggle", (event) => {
    if (event.target.open) roots(event.target).forEach(open);
  }, true);
  roots(document).filter((root) => !root.closest("details:not([open])")).forEach(open);
  // On paper nothing can be opened, so all of it is while the page is printed.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
  window.addEventListener("hashchange", follow);
  if (location.hash) follow();
})();
