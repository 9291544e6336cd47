<?php
// A token for one customer's widgets. On your server only: whoever has the secret can make tokens for everybody.
function saldo_widget_token(string $customer): string
{
    $encode = fn (string $data): string => rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
    $secret = base64_decode(strtr(getenv('SALDO_WIDGET_SECRET'), '-_', '+/'));
    $now = time();
    $head = $encode(json_encode(['alg' => 'HS256', 'typ' => 'JWT', 'kid' => getenv('SALDO_WIDGET_KEY_ID')]));
    $claims = $encode(json_encode([
        'aud' => 'saldo:widget',
        'iss' => '{{creditor}}',
        'sub' => 'ext:' . $customer,
        'origin' => '{{origin}}',
        'scope' => 'balance statement pay plan',
        'iat' => $now,
        'nbf' => $now,
        'exp' => $now + 15 * 60,
        'jti' => bin2hex(random_bytes(16)),
    ]));
    return "$head.$claims." . $encode(hash_hmac('sha256', "$head.$claims", $secret, true));
}

// To look at one: php saldo_token.php C-1001
if (PHP_SAPI === 'cli' && isset($argv[1])) {
    echo saldo_widget_token($argv[1]), "\n";
}
