// The same with a key pair of your own (Ed25519): Saldo has the public key only.
// Make it once: openssl genpkey -algorithm ed25519 -out saldo.pem; openssl pkey -in saldo.pem -pubout
import { createPrivateKey, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";

const KEY_ID = process.env.SALDO_WIDGET_KEY_ID;
const PRIVATE_KEY = createPrivateKey(readFileSync(process.env.SALDO_WIDGET_PRIVATE_KEY));

export function saldoWidgetToken(customer) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const head = part({ alg: "EdDSA", typ: "JWT", kid: KEY_ID });
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
  const signature = sign(null, Buffer.from(`${head}.${claims}`), PRIVATE_KEY).toString("base64url");
  return `${head}.${claims}.${signature}`;
}

// To look at one: node saldo-token.mjs C-1001
if (process.argv[2]) console.log(saldoWidgetToken(process.argv[2]));
