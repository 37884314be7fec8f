<?php
/**
 * Plugin Name: Moderato
 * Description: Sends comments to Moderato, signed after Standard Webhooks, and lets it moderate them through the REST API. / Invia i commenti a Moderato, firmati secondo Standard Webhooks, e lascia che li moderi tramite l’API REST.
 * Version: 1.0.0
 * Requires at least: 5.6
 * Requires PHP: 7.4
 * License: MIT
 *
 * What is to be sent lies in a table of its own until Moderato took it, so that nothing is lost while Moderato, or this site, is away.
 */

if (!defined('ABSPATH')) {
	exit;
}

/** Waits between tries in seconds; after the last one an event is kept, and tried once a day. */
const MODERATO_WAITS = array(5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400);
const MODERATO_BATCH = 50;

register_activation_hook(__FILE__, 'moderato_activate');
register_deactivation_hook(__FILE__, 'moderato_deactivate');
register_uninstall_hook(__FILE__, 'moderato_uninstall');

function moderato_table(): string {
	global $wpdb;
	return $wpdb->prefix . 'moderato_outbox';
}

function moderato_activate(): void {
	global $wpdb;
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	dbDelta('CREATE TABLE ' . moderato_table() . ' (
		id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
		message varchar(64) NOT NULL,
		body longtext NOT NULL,
		attempts int NOT NULL DEFAULT 0,
		next_at bigint(20) NOT NULL,
		last_result varchar(100) NOT NULL DEFAULT \'\',
		PRIMARY KEY  (id),
		KEY next_at (next_at)
	) ' . $wpdb->get_charset_collate() . ';');
	if (!wp_next_scheduled('moderato_send')) {
		wp_schedule_event(time() + 60, 'moderato_minute', 'moderato_send');
	}
}

function moderato_deactivate(): void {
	wp_clear_scheduled_hook('moderato_send');
	wp_clear_scheduled_hook('moderato_send_now');
}

function moderato_uninstall(): void {
	global $wpdb;
	$wpdb->query('DROP TABLE IF EXISTS ' . moderato_table());
	delete_option('moderato_address');
	delete_option('moderato_secret');
}

add_filter('cron_schedules', function (array $schedules): array {
	$schedules['moderato_minute'] = array('interval' => 60, 'display' => 'Moderato');
	return $schedules;
});

add_action('comment_post', function (int $id): void {
	moderato_enqueue('comment.created', $id);
});
add_action('edit_comment', function (int $id): void {
	moderato_enqueue('comment.edited', $id);
});
// Before it is deleted, while there is something to tell. The trash and spam can be taken back: they are nobody's deletion.
add_action('delete_comment', function ($id): void {
	moderato_enqueue('comment.deleted', (int) $id);
});

/** Writes an event down; the sending is left to WP-Cron, so that nobody who comments waits for it. */
function moderato_enqueue(string $type, int $id): void {
	global $wpdb;
	$comment = get_comment($id);
	if (!$comment || !in_array(get_comment_type($comment), array('comment', 'review'), true) || !moderato_is_set_up()) {
		return;
	}
	$body = wp_json_encode(array(
		'type' => $type,
		'timestamp' => gmdate('Y-m-d\TH:i:s\Z'),
		'data' => moderato_describe($comment, $type),
	));
	$wpdb->insert(moderato_table(), array(
		'message' => 'msg_' . str_replace('-', '', wp_generate_uuid4()),
		'body' => $body,
		'next_at' => time(),
	));
	if (!wp_next_scheduled('moderato_send_now')) {
		wp_schedule_single_event(time(), 'moderato_send_now');
	}
}

/** The comment as WordPress's own REST API writes it. A guest's address leaves this site as a hash only. */
function moderato_describe(WP_Comment $comment, string $type): array {
	$described = array(
		'id' => (int) $comment->comment_ID,
		'post' => (int) $comment->comment_post_ID,
		'parent' => (int) $comment->comment_parent,
		'author' => (int) $comment->user_id,
		'author_name' => $comment->comment_author,
		'date_gmt' => str_replace(' ', 'T', $comment->comment_date_gmt),
		'link' => get_comment_link($comment),
		'status' => wp_get_comment_status($comment),
		'type' => get_comment_type($comment),
	);
	if ((int) $comment->user_id === 0 && $comment->comment_author_email !== '') {
		$described['author_email'] = hash('sha256', wp_salt() . strtolower($comment->comment_author_email));
	}
	$post = get_post((int) $comment->comment_post_ID);
	if ($post && $post->post_date_gmt !== '0000-00-00 00:00:00') {
		$described['post_date_gmt'] = str_replace(' ', 'T', $post->post_date_gmt);
	}
	if ($type !== 'comment.deleted') {
		$described['content'] = array('raw' => $comment->comment_content);
	}
	$rating = get_comment_meta((int) $comment->comment_ID, 'rating', true);
	if (is_numeric($rating)) {
		$described['rating'] = (int) $rating;
	}
	return $described;
}

add_action('moderato_send', 'moderato_send_due');
add_action('moderato_send_now', 'moderato_send_due');

/** Sends what is due, oldest first. Two runs at once may send one event twice; Moderato knows its id and takes it once. */
function moderato_send_due(): void {
	global $wpdb;
	if (!moderato_is_set_up()) {
		return;
	}
	$table = moderato_table();
	$due = $wpdb->get_results($wpdb->prepare("SELECT * FROM $table WHERE next_at <= %d ORDER BY id LIMIT %d", time(), MODERATO_BATCH));
	foreach ($due as $event) {
		$result = moderato_send_one($event->message, $event->body);
		if ($result === '') {
			$wpdb->delete($table, array('id' => $event->id));
			continue;
		}
		$attempts = (int) $event->attempts;
		$wait = MODERATO_WAITS[min($attempts, count(MODERATO_WAITS) - 1)];
		$wpdb->update($table, array(
			'attempts' => $attempts + 1,
			'next_at' => time() + (int) ($wait * (0.8 + 0.4 * wp_rand(0, 1000) / 1000)),
			'last_result' => substr($result, 0, 100),
		), array('id' => $event->id));
	}
	if (count($due) === MODERATO_BATCH) {
		wp_schedule_single_event(time(), 'moderato_send_now');
	}
}

/** Standard Webhooks: the base64 HMAC-SHA256 of id, time and body, joined by dots. Returns what went wrong, or nothing. */
function moderato_send_one(string $message, string $body): string {
	$sent = (string) time();
	$key = base64_decode(substr(moderato_option('secret'), strlen('whsec_')), true);
	$signature = 'v1,' . base64_encode(hash_hmac('sha256', "$message.$sent.$body", (string) $key, true));
	$answer = wp_remote_post(moderato_option('address'), array(
		'timeout' => 15,
		'redirection' => 0,
		'headers' => array(
			'Content-Type' => 'application/json',
			'webhook-id' => $message,
			'webhook-timestamp' => $sent,
			'webhook-signature' => $signature,
		),
		'body' => $body,
	));
	if (is_wp_error($answer)) {
		return $answer->get_error_code();
	}
	$status = (int) wp_remote_retrieve_response_code($answer);
	return $status >= 200 && $status < 300 ? '' : "HTTP $status";
}

/** A constant in wp-config.php (MODERATO_ADDRESS, MODERATO_SECRET) wins over what was typed in the settings. */
function moderato_option(string $name): string {
	$constant = 'MODERATO_' . strtoupper($name);
	return defined($constant) ? (string) constant($constant) : (string) get_option("moderato_$name", '');
}

function moderato_is_set_up(): bool {
	return preg_match('#^https?://#', moderato_option('address')) === 1 && strpos(moderato_option('secret'), 'whsec_') === 0;
}

function moderato_is_italian(): bool {
	return strpos(get_user_locale(), 'it') === 0;
}

add_action('admin_menu', function (): void {
	add_options_page('Moderato', 'Moderato', 'manage_options', 'moderato', 'moderato_settings_page');
});

add_action('admin_init', function (): void {
	register_setting('moderato', 'moderato_address', array('type' => 'string', 'sanitize_callback' => 'esc_url_raw'));
	register_setting('moderato', 'moderato_secret', array('type' => 'string', 'sanitize_callback' => 'moderato_sanitize_secret'));
});

/** What is no secret is not kept, and the old one stays; an empty field leaves it as it is. */
function moderato_sanitize_secret($secret): string {
	$secret = trim((string) $secret);
	if ($secret === '') {
		return (string) get_option('moderato_secret', '');
	}
	$key = strpos($secret, 'whsec_') === 0 ? base64_decode(substr($secret, 6), true) : false;
	if ($key === false || strlen($key) < 24 || strlen($key) > 64) {
		add_settings_error('moderato_secret', 'moderato_secret', moderato_is_italian()
			? 'Il segreto comincia con whsec_ e contiene da 24 a 64 byte in base64.'
			: 'The secret starts with whsec_ and holds 24 to 64 bytes in base64.');
		return (string) get_option('moderato_secret', '');
	}
	return $secret;
}

function moderato_settings_page(): void {
	global $wpdb;
	$italian = moderato_is_italian();
	$waiting = (int) $wpdb->get_var('SELECT COUNT(*) FROM ' . moderato_table());
	$last = (string) $wpdb->get_var('SELECT last_result FROM ' . moderato_table() . " WHERE last_result <> '' ORDER BY id DESC LIMIT 1");
	?>
	<div class="wrap">
		<h1>Moderato</h1>
		<form method="post" action="options.php">
			<?php settings_fields('moderato'); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><label for="moderato_address"><?php echo esc_html($italian ? 'Indirizzo del webhook' : 'Webhook address'); ?></label></th>
					<td><input class="regular-text code" type="url" id="moderato_address" name="moderato_address"
						value="<?php echo esc_attr((string) get_option('moderato_address', '')); ?>"
						placeholder="https://moderato.example.org/api/webhooks/wordpress/blog"></td>
				</tr>
				<tr>
					<th scope="row"><label for="moderato_secret"><?php echo esc_html($italian ? 'Segreto' : 'Secret'); ?></label></th>
					<td><input class="regular-text code" type="password" autocomplete="off" id="moderato_secret" name="moderato_secret" value=""
						placeholder="<?php echo esc_attr(get_option('moderato_secret') ? ($italian ? 'impostato; lasciare vuoto per non cambiarlo' : 'set; leave empty to keep it') : 'whsec_…'); ?>"></td>
				</tr>
			</table>
			<?php submit_button(); ?>
		</form>
		<p><?php
			echo esc_html($waiting === 0
				? ($italian ? 'Nessun evento in attesa: Moderato ha ricevuto tutto.' : 'No event waits: Moderato has taken everything.')
				: sprintf($italian ? 'Eventi in attesa: %d. Vengono ritentati da soli.' : 'Events waiting: %d. They are tried again by themselves.', $waiting));
			if ($last !== '') {
				echo ' ' . esc_html(sprintf($italian ? 'Ultimo problema: %s.' : 'Last problem: %s.', $last));
			}
		?></p>
	</div>
	<?php
}
