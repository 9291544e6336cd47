// Takes events of Saldo: SALDO_EVENTS_SECRET=whsec_… node receiver.mjs 8080
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = Buffer.from(process.env.SALDO_EVENTS_SECRET.replace(/^whsec_/, ""), "base64");
const seen = new Set(); // of a real program: a table with a unique key

function isGenuine(headers, body) {
  const { "webhook-id": name, "webhook-timestamp": moment, "webhook-signature": signed = "" } = headers;
  if (!/^\d+$/.test(moment ?? "") || Math.abs(Date.now() / 1000 - Number(moment)) > 300) return false;
  const digest = createHmac("sha256", key).update(`${name}.${moment}.`).update(body).digest("base64");
  const expected = Buffer.from(`v1,${digest}`);
  return signed.split(" ").map((one) => Buffer.from(one))
    .some((one) => one.length === expected.length && timingSafeEqual(one, expected));
}

createServer(async (request, answer) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  if (!isGenuine(request.headers, body)) return answer.writeHead(401).end();
  const event = JSON.parse(body);
  if (!seen.has(event.id)) { // at least once: the same event may come again
    seen.add(event.id);
    console.log(event.type, JSON.stringify(event.data));
  }
  answer.writeHead(204).end();
}).listen(Number(process.argv[2]), "127.0.0.1");
