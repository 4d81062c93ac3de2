// Requests with values drawn by a seeded generator (mulberry32, T. Ettinger), the same in every run.
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = generator(22);
const between = (low, high) => low + (high - low) * random();
const log = (low, high) => low * (high / low) ** random();
const one = (...choices) => choices[Math.floor(choices.length * random())];

// What readers may move, and farther.
const sweeps = {
  bowl: () => ["quadratic-bowl", { curvatures: [1, log(2, 1000)], "learning-rates": [log(1e-4, 0.03), log(0.03, 1)], start: [between(-2, 2), between(-2, 2)] }],
  rosenbrock: () => ["flow-versus-descent", { "learning-rates": [between(5e-4, 2.6e-3)], horizon: between(1, 25) }],
  product: () => ["flow-versus-descent", { loss: "product", start: [between(1, 4), between(1, 4)], "learning-rates": [between(0.01, 0.2)], horizon: 10 }],
  mlp: () => ["flow-versus-descent", { loss: "mlp", start: [between(0.1, 3), between(0.5, 4)], "learning-rates": [between(0.02, 0.6)], horizon: 20 }],
  "effective time": () => ["effective-time", { "learning-rates": [between(0.001, 0.0215)], loss: one("quadratic", "product"), start: [between(0.5, 3), 1] }],
  "stability function": () => ["stability-function", { range: between(1.5, 6), "rate-range": between(1.2, 4) }],
  momentum: () => ["momentum", { kappa: log(2, 1e4), resolution: one(40, 160) }],
  clipping: () => ["gradient-clipping", { "learning-rate": between(0.01, 0.2), threshold: log(0.1, 10) }],
};

// Conditions of claims on the bowl, as the page sends them (src/livefigure/claims.hpp).
const claims = [
  ["<", ["abs", ["export", "eta=0.019.multiplier", 2]], 1],
  ["and", ["~", ["export", "kappa"], 100, 0.001], ["not", [">", ["export", "eta=0.021.loss-rises"], 3]]],
  ["<=", ["export", "eta=0.019.loss", ["+", 10, 1]], ["export", "steps"]],
  ["==", ["export", "no-such-export"], 1],
  ["<", ["export", "eta=0.019.multiplier", 3], 1],
];

// So many requests of each kind, the first with the experiment's defaults.
export function requests(count) {
  const all = [];
  for (const [kind, draw] of Object.entries(sweeps))
    for (let i = 0; i < count; ++i) {
      const [experiment, parameters] = draw();
      all.push({ kind, request: JSON.stringify({ experiment, figure: "fig:one", seed: 1, parameters: i === 0 ? {} : parameters, prefix: "one-", name: "One",
        alt: "described", width: one("", "column", "full"), give: ["bits", "values", "drawing", "reading"] }) });
    }
  for (let i = 0; i < count; ++i)
    all.push({ kind: "claims", request: JSON.stringify({ experiment: "quadratic-bowl", figure: "fig:one", seed: 1, report: {}, claims,
      parameters: { "learning-rates": [0.001, log(0.005, 0.03), 0.021] }, give: ["drawing"] }) });
  return all;
}

// What cannot be drawn, and is said in words.
export const refused = [
  "",
  "[]",
  "{",
  '{"experiment":"no-such-thing"}',
  '{"experiment":"momentum","parameters":{"kapa":3},"give":["bits"]}',
  '{"experiment":"momentum","parameters":{"kappa":"x"},"give":["bits"]}',
  '{"experiment":"momentum","parameters":{"kappa":-3},"give":["bits"]}',
  '{"experiment":"quadratic-bowl","parameters":{"learning-rates":[0.02,0.02]},"give":["bits"]}',
  '{"experiment":"quadratic-bowl","parameters":{"start":[1]},"give":["bits"]}',
  '{"experiment":"momentum","title":"$\\\\nonsense$","give":["drawing"]}',
];
