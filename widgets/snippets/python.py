# A token for one customer's widgets. On your server only: whoever has the secret can make tokens for everybody.
import base64, hashlib, hmac, json, os, sys, time, uuid

KEY_ID = os.environ["SALDO_WIDGET_KEY_ID"]
SECRET = base64.urlsafe_b64decode(os.environ["SALDO_WIDGET_SECRET"] + "=")


def saldo_widget_token(customer):
    def encode(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    now = int(time.time())
    head = encode(json.dumps({"alg": "HS256", "typ": "JWT", "kid": KEY_ID}).encode())
    claims = encode(json.dumps({
        "aud": "saldo:widget",
        "iss": "{{creditor}}",
        "sub": "ext:" + customer,
        "origin": "{{origin}}",
        "scope": "balance statement pay plan",
        "iat": now,
        "nbf": now,
        "exp": now + 15 * 60,
        "jti": str(uuid.uuid4()),
    }).encode())
    signature = hmac.new(SECRET, f"{head}.{claims}".encode(), hashlib.sha256).digest()
    return f"{head}.{claims}.{encode(signature)}"


# To look at one: python3 saldo_token.py C-1001
if __name__ == "__main__":
    print(saldo_widget_token(sys.argv[1]))
