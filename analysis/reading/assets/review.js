// The review widget: shows what Python sends, and sends back what a person presses.
// Article text enters the page as text nodes only, never as markup.

const ACTIONS = [
  ["Enter", "confirm", "Confirm"],
  ["→", "skip", "Skip"],
  ["←", "back", "Back"],
  ["u", "undo", "Undo"],
  ["f", "article", "Filter"],
];
const FIELDS = [
  ["s", "speaker", "Speaker"],
  ["g", "group", "Group"],
  ["k", "kind", "Kind"],
  ["a", "act", "Act"],
];
const STANCES = [
  ["-", "against", "−"],
  ["0", "neutral", "0"],
  ["+", "favour", "+"],
];
const MOVES = { Enter: "confirm", ArrowRight: "skip", n: "skip", ArrowLeft: "back", p: "back", u: "undo" };
const PATIENCE = 8000; // milliseconds until an answer from Python is called late
const FIRST_WORDS = 8; // of a statement, told when it is reached
let views = 0;

/** An element; `props` are set as properties, or as attributes where their name has a hyphen. */
function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name.includes("-") || name === "role" || name === "for") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** Whether a key is pressed alone, or to type a character: then it is not the notebook's. */
const plain = (event) =>
  event.getModifierState("AltGraph") || !(event.ctrlKey || event.metaKey || event.altKey);

const key = (name) => h("kbd", { "aria-hidden": "true" }, name);

function render({ model, el }) {
  const id = `review-${++views}-${Math.random().toString(36).slice(2, 8)}`;
  let view = null; // what Python sent last
  let picker = null; // { field, choices, free, typed, at }
  let chosen = 0; // the target that − 0 + speak of
  let asked = 0;
  let late = 0;
  let said = { note: "waiting for Python" };

  const body = h("div", { className: "rv-body" });
  const status = h("div", { className: "rv-status", role: "status", "aria-live": "polite" });
  const root = h(
    "section",
    { className: "rv", tabIndex: 0, "aria-label": "Review of statements", "aria-describedby": `${id}-keys` },
    body,
    status,
  );
  el.replaceChildren(root);

  function ask(message) {
    asked += 1;
    model.send({ ...message, ask: asked });
    clearTimeout(late);
    late = setTimeout(wait, PATIENCE);
    if (message.do !== "show") tell({ note: "saving …" });
  }

  /** Say that Python is late; where nothing is shown yet, nothing can be lost by asking again. */
  function wait() {
    const lost = view ? " What you pressed last may not be kept." : "";
    tell({ error: `no answer from Python yet; is the kernel running, or busy?${lost}` });
    if (!view) ask({ do: "show" });
  }

  function send(message) {
    if (view) ask({ ...message, statement: view.statement });
  }

  function tell(words) {
    said = words;
    const [kind, text] = Object.entries(words)[0] ?? ["note", ""];
    status.className = `rv-status rv-${kind}`;
    status.textContent = kind === "error" ? `Not done: ${text}` : text;
  }

  function receive(message) {
    if (message.answer === asked) clearTimeout(late);
    if (!message.statement) return tell(message.said ?? { error: "Python sent nothing to show" });
    const moved = !view || view.statement !== message.statement;
    view = message;
    if (moved) chosen = 0;
    // A target that waits for its polarity is the one that − 0 + speak of.
    const waiting = view.targets.findIndex((target) => target.state === "pending");
    if (waiting >= 0) chosen = waiting;
    chosen = Math.max(0, Math.min(chosen, view.targets.length - 1));
    draw(moved);
    tell(moved ? arrival(message.said) : (message.said ?? { note: "" }));
  }

  /** What was done and which statement is shown now, for those who only hear it. */
  function arrival(done = {}) {
    const [kind, text] = Object.entries(done)[0] ?? ["note", ""];
    const words = view.passage.filter((run) => run.marks.includes("statement")).map((run) => run.text);
    const first = words.join("").trim().split(/\s+/);
    const start = first.slice(0, FIRST_WORDS).join(" ") + (first.length > FIRST_WORDS ? " …" : "");
    return { [kind]: `${text ? `${text} · ` : ""}statement ${view.place} of ${view.total}: ${start}` };
  }

  function draw(moved = false) {
    const held = root.contains(document.activeElement);
    const mark = document.activeElement?.dataset?.mark;
    const scrolled = body.querySelector(".rv-text")?.scrollTop ?? 0;
    body.replaceChildren(header(), h("div", { className: "rv-main" }, article(), panel()), legend());
    const text = body.querySelector(".rv-text");
    const statement = text.querySelector(".rv-statement");
    if (moved && statement) text.scrollTop = statement.offsetTop - text.clientHeight / 3;
    else text.scrollTop = scrolled;
    if (picker) {
      body.querySelector(".rv-typed").focus({ preventScroll: true });
      body.querySelector(".rv-picker").scrollIntoView({ block: "nearest" });
    } else if (held) {
      const same = mark ? body.querySelector(`[data-mark="${CSS.escape(mark)}"]`) : null;
      (same ?? root).focus({ preventScroll: true });
    }
  }

  function header() {
    const filter = view.articles.find((one) => one.id === view.article);
    return h(
      "header",
      { className: "rv-head" },
      h("strong", {}, `Review by ${view.coder}`),
      h("span", {}, filter ? `only “${filter.title}”` : `${view.articles.length} ${view.articles.length === 1 ? "article" : "articles"}`),
      h("span", { className: "rv-grow" }),
      h("progress", { max: view.total, value: view.done, "aria-label": "statements confirmed" }),
      h("span", {}, `${view.done} of ${view.total} confirmed`),
    );
  }

  function article() {
    const runs = view.passage.map((run) => {
      const names = run.marks.map((mark) => `rv-${mark}`);
      const target = view.targets[chosen];
      if (run.target) names.push("rv-mention");
      if (run.target && target && run.target === target.name) names.push("rv-chosen");
      const tag = run.marks.includes("statement") ? "mark" : "span";
      return names.length ? h(tag, { className: names.join(" ") }, run.text) : run.text;
    });
    return h(
      "div",
      { className: "rv-article" },
      h("div", { className: "rv-title" }, h("b", {}, view.title), ` ${view.about}`),
      h("div", { className: "rv-text", tabIndex: 0, role: "region", "aria-label": "The article", "data-mark": "text" }, ...runs),
      h(
        "div",
        { className: "rv-soft" },
        h("mark", { className: "rv-statement" }, "statement"),
        " ",
        h("span", { className: "rv-source" }, "source"),
        " ",
        h("span", { className: "rv-cue" }, "reporting word"),
        " ",
        h("span", { className: "rv-mention" }, "mention"),
        " ",
        h("span", { className: "rv-mention rv-chosen" }, "of the target chosen"),
      ),
    );
  }

  function panel() {
    const found = view.blind ? "" : ` · confidence ${view.confidence.toFixed(2)} · speaker by: ${view.resolution}`;
    const sure = `statement ${view.place} of ${view.total}${found}`;
    return h(
      "div",
      { className: "rv-panel" },
      h("div", { className: "rv-soft" }, sure, view.confirmed ? h("b", {}, " · confirmed") : null),
      ...FIELDS.map(field),
      h("div", { className: "rv-label" }, "Speaks of"),
      ...view.targets.map(target),
      h(
        "div",
        { className: "rv-row" },
        button("t", "add-target", "Add a target", () => open("target")),
        view.targets.length ? null : h("span", { className: "rv-soft" }, view.blind ? "nobody yet" : "nobody of the cast"),
      ),
      picker ? pick() : null,
      h(
        "div",
        { className: "rv-row rv-actions" },
        ...ACTIONS.map(([name, move, label]) =>
          button(name, move, label, () => (move === "article" ? open("article") : send({ do: move }))),
        ),
      ),
    );
  }

  function button(name, mark, label, onclick, more = {}) {
    return h("button", { type: "button", onclick, "data-mark": mark, ...more }, key(name), label);
  }

  function field([name, what, label]) {
    const { value, machine, mine, open: free } = view.fields[what];
    const group = what === "group" || what === "speaker" ? colour(view.fields.group.value) : null;
    const shown = what === "group" ? nameOf(value) : value;
    const words = shown || "none";
    const was = !view.blind && mine && machine !== value ? `was ${what === "group" ? nameOf(machine) : machine || "none"}` : "";
    return h(
      "div",
      { className: "rv-row" },
      button(name, what, label, () => open(what), {
        disabled: !free,
        className: "rv-field",
        "aria-label": `${label}: ${words}`,
      }),
      what === "speaker" ? dot(group) : null,
      h("span", { className: mine ? "rv-mine" : "" }, shown || "–"),
      was ? h("span", { className: "rv-soft" }, was) : null,
    );
  }

  function target(one, place) {
    const stance = ([name, value, sign]) =>
      h(
        "button",
        {
          type: "button",
          "aria-pressed": String(one.state === "meant" && one.value === value),
          "aria-label": `${value}, toward ${one.name}`,
          "data-mark": `${one.name}/${value}`,
          title: `${value} (${name})`,
          onclick: () => ((chosen = place), rate(value)),
        },
        sign,
      );
    const away = one.state === "dropped" ? "meant after all" : "not meant";
    const machine = !view.blind && one.mine && one.machine !== one.value ? `was ${one.machine || "none"}` : "";
    return h(
      "div",
      { className: `rv-row rv-target rv-${one.state}${place === chosen ? " rv-selected" : ""}` },
      button(String(place + 1), `choose/${one.name}`, one.name, () => ((chosen = place), draw()), {
        className: "rv-name",
        "aria-pressed": String(place === chosen),
      }),
      h("span", { className: "rv-stances", role: "group", "aria-label": `toward ${one.name}` }, ...STANCES.map(stance)),
      h("span", { className: one.mine ? "rv-mine" : "rv-soft" }, { pending: "choose", dropped: "not meant", meant: one.value }[one.state]),
      machine ? h("span", { className: "rv-soft" }, machine) : null,
      button("x", `drop/${one.name}`, away, () => ((chosen = place), drop()), { "aria-label": `${away}: ${one.name}` }),
    );
  }

  function legend() {
    const line = "Click here, then use the keys on the buttons: Enter confirms and goes on, ← and → (or p and n) move, s g k a change a field, 1–9 choose a target, − 0 + say how it is spoken of, x takes it away, t adds one, u takes back, f filters by article, Esc closes a list. What you press is saved at once, in ";
    return h("div", { className: "rv-soft rv-keys", id: `${id}-keys` }, line, h("code", {}, view.file), ".");
  }

  const group = (value) => view.choices.group.find((one) => one.value === value);
  const nameOf = (value) => group(value)?.label ?? value;
  const colour = (value) => group(value)?.colour;

  /** A group's colour; nothing where there is none. */
  function dot(value) {
    if (!value) return null;
    const node = h("span", { className: "rv-dot", "aria-hidden": "true" });
    node.style.background = value;
    return node;
  }

  function rate(value) {
    const one = view.targets[chosen];
    if (one) send({ do: "decide", field: "polarity", value, target: one.name });
    else tell({ note: "nobody of the cast is spoken of here; t adds a target" });
  }

  function drop() {
    const one = view.targets[chosen];
    if (one) send({ do: "drop", target: one.name });
  }

  // A list to choose from: type to narrow it, arrows and Enter to choose.
  function open(what) {
    if (view.fields[what] && !view.fields[what].open) {
      tell({ note: view.fields.kind.value === "narration" ? "narration is the outlet's own voice; change its kind first" : "this speaker's group is given" });
      return;
    }
    let choices = view.choices[what];
    if (what === "article") {
      choices = [{ value: "", label: "all articles" }].concat(
        view.articles.map((one) => ({ value: one.id, label: `${one.title} (${one.done} of ${one.total})` })),
      );
    }
    if (what === "target") {
      const there = new Set(view.targets.map((one) => one.name));
      choices = choices.filter((one) => !there.has(one.value));
    }
    const now = what === "article" ? view.article : view.fields[what]?.value;
    picker = { what, choices, free: what === "speaker", typed: "", at: Math.max(0, choices.findIndex((one) => one.value === now)) };
    draw();
  }

  function options() {
    const words = picker.typed.trim();
    const found = picker.choices.filter((one) => one.label.toLowerCase().includes(words.toLowerCase()));
    const exact = found.some((one) => one.label.toLowerCase() === words.toLowerCase());
    if (picker.free && words && !exact) found.push({ value: words, label: `somebody else: “${words}”` });
    return found;
  }

  function close(focus = true) {
    picker = null;
    draw();
    if (focus) root.focus({ preventScroll: true });
  }

  function choose(one) {
    const { what } = picker;
    close();
    if (!one) return;
    if (what === "article") send({ do: "article", article: one.value });
    else if (what === "target") send({ do: "target", target: one.value });
    else send({ do: "decide", field: what, value: one.value });
  }

  function pick() {
    const list = h("ul", { role: "listbox", id: `${id}-list`, "aria-label": picker.what });
    const typed = h("input", {
      className: "rv-typed",
      type: "text",
      value: picker.typed,
      placeholder: picker.free ? "type a name, or any other words" : "type to narrow the list",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": `${id}-list`,
      "aria-label": `choose the ${picker.what}`,
    });
    const fill = () => {
      const found = options();
      picker.at = Math.max(0, Math.min(picker.at, found.length - 1));
      list.replaceChildren(
        ...found.map((one, place) => {
          const on = place === picker.at;
          const hue = picker.what === "group" ? one.colour : colour(one.group);
          const item = h("li", { role: "option", id: `${id}-${place}`, "aria-selected": String(on) }, dot(hue), one.label);
          item.onpointerdown = (event) => (event.preventDefault(), choose(one));
          return item;
        }),
      );
      if (!found.length) list.append(h("li", { className: "rv-soft" }, "nothing fits"));
      else typed.setAttribute("aria-activedescendant", `${id}-${picker.at}`);
      queueMicrotask(() => list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
    };
    typed.oninput = () => {
      picker.typed = typed.value;
      picker.at = 0;
      fill();
    };
    typed.onkeydown = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) picker.at += step;
      else if (event.key === "Enter") choose(options()[picker.at]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      if (picker) fill();
    };
    fill();
    return h("div", { className: "rv-picker" }, typed, list);
  }

  function press(event) {
    if (!plain(event)) return;
    event.stopPropagation(); // the notebook has its own meaning for these keys
    if (event.isComposing || !view) return;
    if (event.target.matches("input")) return;
    const pressed = event.key;
    const on = event.target.closest("button");
    if (on && (pressed === "Enter" || pressed === " ")) return; // the button does it
    const place = FIELDS.find(([name]) => name === pressed);
    const rated = STANCES.find(([name]) => name === pressed || (name === "+" && pressed === "=") || (name === "-" && pressed === "−"));
    if (pressed === "Escape" && picker) close();
    else if (MOVES[pressed]) send({ do: MOVES[pressed] });
    else if (place) open(place[1]);
    else if (pressed === "t") open("target");
    else if (pressed === "f") open("article");
    else if (rated) rate(rated[1]);
    else if (pressed === "x") drop();
    else if (/^[1-9]$/.test(pressed) && view.targets[pressed - 1]) ((chosen = pressed - 1), draw());
    else return;
    event.preventDefault();
  }

  // JupyterLab looks for its shortcuts before the page's elements hear of a key, and leaves alone
  // what carries this attribute; with Ctrl or Cmd its shortcuts (save, run) stay in force.
  function shield(event) {
    if (plain(event)) root.setAttribute("data-lm-suppress-shortcuts", "true");
    else root.removeAttribute("data-lm-suppress-shortcuts");
  }

  root.addEventListener("keydown", press);
  root.addEventListener("keyup", (event) => event.stopPropagation());
  root.addEventListener("keypress", (event) => event.stopPropagation());
  root.addEventListener("click", (event) => {
    if (!event.target.closest("button, input, .rv-text")) root.focus({ preventScroll: true });
  });
  window.addEventListener("keydown", shield, true);
  model.on("msg:custom", receive);
  ask({ do: "show" });

  return () => {
    clearTimeout(late);
    window.removeEventListener("keydown", shield, true);
    model.off("msg:custom", receive);
  };
}

export default { render };
