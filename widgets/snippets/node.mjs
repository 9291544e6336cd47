// A token for one customer's widgets. On your server only: whoever has the secret can make tokens for everybody.
import { createHmac, randomUUID } from "node:crypto";

const KEY_ID = process.env.SALDO_WIDGET_KEY_ID;
const SECRET = Buffer.from(process.env.SALDO_WIDGET_SECRET, "base64url");

export function saldoWidgetToken(customer) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const head = part({ alg: "HS256", typ: "JWT", kid: KEY_ID });
  const claims = part({
    aud: "saldo:widget",
    iss: "{{creditor}}",
    sub: `ext:${customer}`,
    origin: "{{origin}}",
    scope: "balance statement pay plan",
    iat: now,
    nbf: now,
    exp: now + 15 * 60,
    jti: randomUUID(),
  });
  const signature = createHmac("sha256", SECRET).update(`${head}.${claims}`).digest("base64url");
  return `${head}.${claims}.${signature}`;
}

// To look at one: node saldo-token.mjs C-1001
if (process.argv[2]) console.log(saldoWidgetToken(process.argv[2]));
