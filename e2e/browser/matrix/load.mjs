// How long the portal takes for a page while it answers so many requests a second.
import { Agent, get } from "node:http";

/** An address may ask a hundred times a second: so many callers at this machine share the load. */
const CALLERS = 4;
const agents = Array.from({ length: CALLERS }, (_, number) =>
  new Agent({ keepAlive: true, maxSockets: 16, localAddress: `127.0.0.${2 + number}` }));

/** Milliseconds of each answer to `count` requests, sorted. They are sent in time, however long answers take. */
export async function answerTimes(url, { perSecond, count }) {
  const began = performance.now();
  const answers = [];
  while (answers.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - began) / 1000) * perSecond) + 1);
    while (answers.length < due) answers.push(ask(url, agents[answers.length % CALLERS]));
    await new Promise((later) => setTimeout(later, 1));
  }
  return (await Promise.all(answers)).sort((a, b) => a - b);
}

function ask(url, agent) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const request = get(url, { agent, headers: { "accept-encoding": "gzip" } }, (answer) => {
      answer.resume();
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve(performance.now() - began);
        else reject(new Error(`${answer.statusCode} for ${url}`));
      });
    });
    request.on("error", reject);
  });
}

/** The value that a share of the sorted ones does not exceed. */
export const quantile = (sorted, share) => sorted[Math.ceil(sorted.length * share) - 1];
