<?php
// In your theme's functions.php, together with saldo_widget_token() of the PHP example. Use it in a page as [saldo_balance].
add_action('wp_enqueue_scripts', function () {
    wp_enqueue_script('saldo', '{{loader}}', [], null, ['strategy' => 'async']);
});

add_shortcode('saldo_balance', function () {
    if (!is_user_logged_in()) {
        return '';
    }
    // The number that this customer has in Saldo.
    $customer = get_user_meta(get_current_user_id(), 'saldo_reference', true);
    return '<saldo-balance token="' . esc_attr(saldo_widget_token($customer)) . '"></saldo-balance>';
});
