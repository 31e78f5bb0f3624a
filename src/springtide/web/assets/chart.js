"use strict";
/* The chart of an instrument, and the slider that moves everything on the page to another day. */
(() => {
  const page = document.getElementById("instrument");
  const box = document.getElementById("chart");
  const slider = document.getElementById("slider");
  const sessions = page.dataset.sessions.split(" ");
  const symbol = encodeURIComponent(page.dataset.symbol);
  const pins = page.dataset.pins ? `&v=${encodeURIComponent(page.dataset.pins)}` : "";
  const L = window.LightweightCharts;
  let chart = null;
  let drawn = null;
  let asked = 0;

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const faint = (colour, alpha) => colour + Math.round(alpha * 255).toString(16).padStart(2, "0");
  const number = (value) => (value === null || value === undefined ? "—"
    : value.toLocaleString(document.documentElement.lang,
      { minimumFractionDigits: 2, maximumFractionDigits: 2 }));

  function key(name, colour) {
    const one = document.createElement("span");
    const sign = document.createElement("i");
    sign.style.background = colour;
    one.append(sign, name);
    return one;
  }

  function draw(data) {
    const started = performance.now();
    drawn = data;
    if (chart) chart.remove();
    const [up, down] = data.colours === "red-up"
      ? [css("--down"), css("--up")] : [css("--up"), css("--down")];
    const line = css("--line");
    chart = L.createChart(box, {
      autoSize: true,
      layout: { background: { color: "transparent" }, textColor: css("--soft"),
        attributionLogo: false, fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { vertLines: { visible: false }, horzLines: { color: line } },
      rightPriceScale: { borderColor: line },
      timeScale: { borderColor: line, rightOffset: 1, minBarSpacing: 0.05 },
      localization: { locale: document.documentElement.lang, priceFormatter: number },
    });
    const plain = { lastValueVisible: false, priceLineVisible: false,
      crosshairMarkerVisible: false };
    shade(data, up, down, plain);
    prices(data, up, down, plain);
    const keys = [];
    data.averages.forEach((average, k) => {
      const colour = k ? "#8a63c9" : "#c9831a";
      chart.addSeries(L.LineSeries, { ...plain, color: colour, lineWidth: 1 }).setData(
        data.dates.map((time, i) => (average.values[i] === null
          ? { time } : { time, value: average.values[i] })));
      keys.push(key(average.name, colour));
    });
    if (data.fan) keys.push(key(box.dataset.fan || document.querySelector("#fan caption").textContent,
      fan(data.fan, plain)));
    keys.push(key(data.words.rising, up), key(data.words.falling, down));
    document.getElementById("keys").replaceChildren(...keys);
    chart.timeScale().fitContent();
    chart.subscribeCrosshairMove((move) => hover(data, move.time));
    hover(data, data.dates[data.dates.length - 1]);
    requestAnimationFrame(() => { box.dataset.drawn = String(Math.round(performance.now() - started)); });
  }

  function shade(data, up, down, plain) {
    const phases = chart.addSeries(L.AreaSeries, { ...plain, priceScaleId: "phases", lineWidth: 1,
      lineColor: "transparent", lineType: L.LineType.WithSteps, autoscaleInfoProvider: () => (
        { priceRange: { minValue: 0, maxValue: 1 } }) });
    let k = 0;
    phases.setData(data.dates.map((time) => {
      while (k < data.phases.length - 1 && time > data.phases[k].last) k += 1;
      const phase = data.phases[k];
      if (!phase || phase.rising === null || time < phase.first || time > phase.last) return { time };
      const colour = faint(phase.rising ? up : down, 0.1);
      return { time, value: 1, lineColor: "transparent", topColor: colour, bottomColor: colour };
    }));
    phases.priceScale().applyOptions({ scaleMargins: { top: 0, bottom: 0 }, visible: false });
  }

  function prices(data, up, down, plain) {
    const whole = (i) => data.open[i] !== null && data.high[i] !== null && data.low[i] !== null;
    const candles = chart.addSeries(L.CandlestickSeries, { ...plain, upColor: up, downColor: down,
      wickUpColor: up, wickDownColor: down, borderVisible: false, priceLineVisible: false });
    candles.setData(data.dates.map((time, i) => (whole(i) ? { time, open: data.open[i],
      high: data.high[i], low: data.low[i], close: data.close[i] } : { time })));
    if (!data.dates.every((_, i) => whole(i))) { // days of which only the close is on file
      const closes = chart.addSeries(L.LineSeries, { ...plain, color: css("--ink"), lineWidth: 1 });
      closes.setData(data.dates.map((time, i) => {
        const joined = !whole(i) || (i + 1 < data.dates.length && !whole(i + 1))
          || (i > 0 && !whole(i - 1));
        return joined ? { time, value: data.close[i] } : { time };
      }));
    }
    data.levels.forEach((level) => candles.createPriceLine({ price: level.value,
      color: css("--soft"), lineStyle: L.LineStyle.Dashed, lineWidth: 1, axisLabelVisible: true,
      title: level.name }));
  }

  function fan(ahead, plain) {
    const colour = css("--fan");
    ahead.levels.forEach((level, k) => {
      const middle = level === 0.5;
      const at = new Map(ahead.steps.map((step, i) => [ahead.dates[step], ahead.prices[k][i]]));
      chart.addSeries(L.LineSeries, { ...plain, color: faint(colour, middle ? 1 : 0.6),
        lineWidth: middle ? 2 : 1, lineStyle: middle ? L.LineStyle.Solid : L.LineStyle.Dotted,
        autoscaleInfoProvider: level > 0.05 && level < 0.95 ? undefined : () => null })
        .setData(spread(ahead, k, at));
    });
    return colour;
  }

  /* Between two steps of the simulation the line is straight, session by session. */
  function spread(ahead, k, at) {
    const points = [];
    ahead.steps.slice(1).forEach((step, i) => {
      const from = ahead.steps[i];
      for (let s = i ? from + 1 : from; s <= step; s += 1) {
        const share = (s - from) / (step - from);
        points.push({ time: ahead.dates[s],
          value: ahead.prices[k][i] * (1 - share) + ahead.prices[k][i + 1] * share });
      }
    });
    return points.length ? points : [...at].map(([time, value]) => ({ time, value }));
  }

  function hover(data, time) {
    const i = data.dates.indexOf(time);
    if (i < 0) return;
    const words = data.words;
    const parts = [time];
    ["open", "high", "low", "close"].forEach((name) => {
      if (data[name][i] !== null) parts.push(`${words[name]} ${number(data[name][i])}`);
    });
    if (i > 0) {
      const change = (100 * (data.close[i] / data.close[i - 1] - 1));
      parts.push(`${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(2)}%`);
    }
    document.getElementById("hover").textContent = parts.join("   ");
  }

  function cells(row, values) {
    values.forEach((value, k) => {
      const cell = document.createElement(k ? "td" : "th");
      if (k) cell.className = "n"; else cell.scope = "row";
      cell.textContent = value;
      row.append(cell);
    });
    return row;
  }

  function tables(data) {
    const last = data.dates.map((_, i) => i).slice(-20).reverse();
    document.querySelector("#bars tbody").replaceChildren(...last.map((i) =>
      cells(document.createElement("tr"), [data.dates[i],
        ...["open", "high", "low", "close"].map((name) => number(data[name][i]))])));
    const table = document.getElementById("fan");
    table.hidden = !data.fan;
    if (!data.fan) return;
    const head = document.createElement("tr");
    ["", ...data.fan.levels.map((level) => `${Math.round(100 * level)}%`)].forEach((text, k) => {
      const cell = document.createElement(text || k ? "th" : "td");
      if (text) { cell.scope = "col"; cell.className = "n"; }
      cell.textContent = text;
      head.append(cell);
    });
    table.tHead.replaceChildren(head);
    table.tBodies[0].replaceChildren(...data.fan.steps.map((step, i) =>
      cells(document.createElement("tr"), [data.fan.dates[step],
        ...data.fan.prices.map((level) => number(level[i]))])));
  }

  async function load(asof, moved) {
    asked += 1;
    const mine = asked;
    const query = `asof=${asof}&range=${page.dataset.range}${pins}`;
    if (moved) {
      document.getElementById("asof").value = asof;
      page.dataset.asof = asof;
      window.history.replaceState(null, "", `/i/${symbol}?${query}`);
      const evidence = document.getElementById("evidence");
      evidence.setAttribute("aria-busy", "true");
      window.htmx.ajax("GET", `/i/${symbol}/evidence?asof=${asof}${pins}`,
        { target: evidence, swap: "innerHTML" });
    }
    for (const part of ["&fan=0", ""]) { // the prices at once, the fan when it is simulated
      const answer = await fetch(`/i/${symbol}/chart?${query}${part}`);
      if (mine !== asked) return;
      const data = await answer.json();
      if (!answer.ok) {
        document.getElementById("hover").textContent = data.error;
        return;
      }
      draw(data);
      tables(data);
    }
    box.dataset.complete = asof;
  }

  let waiting = 0;
  slider.addEventListener("input", () => {
    const asof = sessions[Number(slider.value)];
    document.getElementById("slid").textContent = asof;
    slider.setAttribute("aria-valuetext", asof);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => load(asof, true), 250);
  });
  document.addEventListener("themed", () => { if (drawn) draw(drawn); });
  load(page.dataset.asof, false);
})();
