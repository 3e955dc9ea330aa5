"use strict";
// The page is whole without this script: it sorts, filters, and opens what an address names.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  // Words are the page's, in its language: a pattern's places are filled here.
  const filled = (pattern, ...values) => pattern.replace(/\{(\d)\}/g, (_, place) => values[place]);

  // Tables: a button in each heading, numbers by their value and names by their letters.
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent;
  };
  const sort = (table, column, heading) => {
    const numeric = heading.classList.contains("number") || heading.classList.contains("time");
    const descending =
      heading.getAttribute("aria-sort") === null ? numeric : heading.getAttribute("aria-sort") === "ascending";
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row, index) => ({ row, index, key: key(row, column) }));
    rows.sort((a, b) => {
      const order = numeric
        ? (a.key === "" ? -Infinity : Number(a.key)) - (b.key === "" ? -Infinity : Number(b.key)) || 0
        : a.key.localeCompare(b.key);
      return (descending ? -order : order) || a.index - b.index;
    });
    body.append(...rows.map((one) => one.row));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  };
  for (const table of all("table.sortable")) {
    Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sort(table, column, heading));
    });
  }

  // A filter above a table: rows that hold every word stay.
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const input of all("input[data-filter]")) {
    const rows = Array.from(byId(input.dataset.filter).rows);
    const status = input.parentElement.querySelector("[role=status]");
    input.parentElement.hidden = false;
    input.addEventListener("input", () => {
      const wanted = words(input.value);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !wanted.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      }
      status.textContent = wanted.length ? filled(status.dataset.shown, shown, rows.length) : "";
    });
  }

  // The failures: searched, ordered, and narrowed to a group by the address.
  const list = byId("failure-list");
  if (list) {
    const failures = Array.from(list.children);
    const texts = new Map();
    const textOf = (failure) => {
      if (!texts.has(failure)) texts.set(failure, failure.textContent.toLowerCase());
      return texts.get(failure);
    };
    const search = byId("failure-search");
    const order = byId("failure-order");
    const clear = byId("failure-clear");
    const status = byId("failure-status");
    const groups = ["cause", "origin", "endpoint"];
    let wanted = new URLSearchParams();

    const show = () => {
      const asked = words(search.value);
      const named = groups.filter((group) => wanted.has(group));
      let shown = 0;
      for (const failure of failures) {
        failure.hidden = !(
          named.every((group) => failure.dataset[group] === wanted.get(group)) &&
          asked.every((word) => textOf(failure).includes(word))
        );
        if (!failure.hidden) shown += 1;
      }
      const narrowed = named.length > 0 || asked.length > 0;
      clear.hidden = !narrowed;
      const by = named.map((group) => wanted.get(group) || status.dataset.untold).join(", ");
      status.textContent = narrowed
        ? filled(status.dataset.shown, shown, failures.length) + (by ? `: ${by}` : "")
        : status.dataset.all;
    };
    const remember = () => {
      const parameters = new URLSearchParams();
      for (const group of groups) if (wanted.has(group)) parameters.set(group, wanted.get(group));
      if (search.value) parameters.set("q", search.value);
      if (order.value !== "rank") parameters.set("order", order.value);
      const text = parameters.toString();
      history.replaceState(null, "", text ? `#failures?${text}` : "#failures");
    };
    const arrange = () => {
      const by = order.value;
      const number = (failure) => Number(failure.dataset[by] || 0);
      const sorted = by === "rank" ? failures : [...failures].sort((a, b) => number(b) - number(a));
      list.append(...sorted);
    };
    const openAll = (open) => { for (const failure of failures) if (!failure.hidden) failure.open = open; };

    byId("failure-controls").hidden = false;
    search.addEventListener("input", () => { show(); remember(); });
    order.addEventListener("change", () => { arrange(); remember(); });
    clear.addEventListener("click", () => {
      wanted = new URLSearchParams();
      search.value = "";
      show();
      remember();
      search.focus();
    });
    byId("failure-open").addEventListener("click", () => openAll(true));
    byId("failure-close").addEventListener("click", () => openAll(false));

    const follow = () => {
      const hash = location.hash;
      if (hash.startsWith("#failures?")) {
        wanted = new URLSearchParams(hash.slice("#failures?".length));
        search.value = wanted.get("q") ?? "";
        const asked = wanted.get("order") ?? "rank";
        if (Array.from(order.options).some((option) => option.value === asked)) order.value = asked;
        arrange();
        show();
        byId("failures").scrollIntoView();
        return;
      }
      const target = /^#f\d+$/.test(hash) ? byId(hash.slice(1)) : null;
      if (target && target.parentElement === list) {
        if (target.hidden) {
          wanted = new URLSearchParams();
          search.value = "";
          show();
        }
        target.open = true;
        target.scrollIntoView();
      }
    };
    window.addEventListener("hashchange", follow);
    // A link to the place where one is already opens it again.
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href^='#f']");
      if (link && link.getAttribute("href") === location.hash) follow();
    });
    show();
    follow();
  }

  // On paper everything is open that is not long.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open]):not(.lines details)");
    for (const details of closed) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
})();
