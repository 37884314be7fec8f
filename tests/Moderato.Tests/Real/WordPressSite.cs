using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Moderato.Tests.Support;

namespace Moderato.Tests.Real;

/// <summary>Debian's WordPress with the plugin of <c>infra/wordpress</c>, on a MariaDB of its own, behind PHP's own server, on loopback.</summary>
internal sealed class WordPressSite : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _database;
    private readonly Process _server;
    private readonly HttpClient _http;

    private WordPressSite(string folder, Process database, Process server, Uri address, string password)
    {
        (_folder, _database, _server, Address, Credential) = (folder, database, server, address, $"admin:{password}");
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Credential)));
    }

    public Uri Address { get; }

    /// <summary><c>user:application password</c> of somebody who may moderate.</summary>
    public string Credential { get; }

    public static async Task<WordPressSite> StartAsync(int port, string webhook, string secret)
    {
        var folder = Directory.CreateTempSubdirectory("wordpress-").FullName;
        var (data, socket, site) = (Path.Combine(folder, "db"), Path.Combine(folder, "db.sock"), Path.Combine(folder, "site"));
        var user = $"--user={Environment.UserName}";
        await Programs.RunAsync("mariadb-install-db", "--no-defaults", $"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db", user);
        var database = Programs.Start("mariadbd", null, "--no-defaults", $"--datadir={data}", $"--socket={socket}", "--skip-networking", user);
        await Programs.UntilAsync("the database answers", () => AnswersAsync(socket));
        await Programs.RunAsync("mariadb", "--no-defaults", $"--socket={socket}", "-uroot", "-e", "CREATE DATABASE wordpress");

        await Programs.RunAsync("cp", "-rL", "/usr/share/wordpress", site);
        Directory.CreateDirectory(Path.Combine(site, "wp-content", "plugins", "moderato"));
        File.Copy(Path.Combine(Repository.Root, "infra", "wordpress", "moderato.php"), Path.Combine(site, "wp-content", "plugins", "moderato", "moderato.php"));
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await File.WriteAllTextAsync(Path.Combine(site, "wp-config.php"), $"""
            <?php
            define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4');
            define('WP_HOME', '{address.OriginalString}'); define('WP_SITEURL', '{address.OriginalString}'); define('WP_ENVIRONMENT_TYPE', 'local');
            define('WP_HTTP_BLOCK_EXTERNAL', true); define('WP_ACCESSIBLE_HOSTS', '127.0.0.1'); define('DISABLE_WP_CRON', true); define('WP_AUTO_UPDATE_CORE', false);
            define('MODERATO_ADDRESS', '{webhook}'); define('MODERATO_SECRET', '{secret}');
            foreach (array('AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY','AUTH_SALT','SECURE_AUTH_SALT','LOGGED_IN_SALT','NONCE_SALT') as $name) define($name, 'salt of the tests ' . $name);
            $table_prefix = 'wp_';
            if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
            require_once ABSPATH . 'wp-settings.php';
            """);
        // Everybody comments from one address here.
        Directory.CreateDirectory(Path.Combine(site, "wp-content", "mu-plugins"));
        await File.WriteAllTextAsync(
            Path.Combine(site, "wp-content", "mu-plugins", "tests.php"), "<?php foreach (array('wp_is_comment_flood', 'comment_flood_filter') as $f) add_filter($f, '__return_false', 99);");
        await File.WriteAllTextAsync(Path.Combine(site, "router.php"), """
            <?php
            $path = __DIR__ . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
            if (is_file($path)) return false;
            $_SERVER['SCRIPT_NAME'] = '/index.php';
            require __DIR__ . '/index.php';
            """);
        await File.WriteAllTextAsync(Path.Combine(site, "install.php"), """
            <?php
            define('WP_INSTALLING', true); $_SERVER['HTTP_HOST'] = '127.0.0.1';
            require __DIR__ . '/wp-load.php';
            require_once ABSPATH . 'wp-admin/includes/upgrade.php';
            require_once ABSPATH . 'wp-admin/includes/plugin.php';
            wp_install('Blog', 'admin', 'admin@example.org', true, '', 'a password of the tests');
            update_option('comment_previously_approved', 0); update_option('comment_moderation', 0); update_option('permalink_structure', '/%postname%/');
            $problem = activate_plugin('moderato/moderato.php');
            if (is_wp_error($problem)) { fwrite(STDERR, $problem->get_error_message()); exit(1); }
            list($password) = WP_Application_Passwords::create_new_application_password(1, array('name' => 'moderato'));
            echo "\npassword:" . $password;
            """);
        var installed = await Programs.RunAsync("php", Path.Combine(site, "install.php"));
        var password = installed[(installed.LastIndexOf("password:", StringComparison.Ordinal) + 9)..].Trim();
        var server = Programs.Start(
            "php", new Dictionary<string, string> { ["PHP_CLI_SERVER_WORKERS"] = "4" }, "-S", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "-t", site, Path.Combine(site, "router.php"));
        var started = new WordPressSite(folder, database, server, address, password);
        await Programs.UntilAsync("WordPress answers", started.AnswersAsync);
        return started;
    }

    /// <summary>Somebody comments, by the form under the first post.</summary>
    public async Task CommentAsync(string author, string text)
    {
        using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["comment_post_ID"] = "1",
            ["author"] = author,
            ["email"] = $"{author.ToLowerInvariant()}@example.org",
            ["comment"] = text,
            ["comment_parent"] = "0",
        });
        using var answer = await visitor.PostAsync(new Uri("wp-comments-post.php", UriKind.Relative), form);
        if ((int)answer.StatusCode != 302)
            throw new InvalidOperationException($"WordPress did not take the comment: {(int)answer.StatusCode}");
    }

    /// <summary>What WordPress does by itself when somebody visits.</summary>
    public async Task RunCronAsync()
    {
        using var answer = await _http.GetAsync(new Uri("wp-cron.php?doing_wp_cron", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The newest comment by somebody, as the REST API shows it to a moderator; null if there is none.</summary>
    public async Task<JsonNode?> NewestAsync(string author)
    {
        foreach (var status in new[] { "approve", "hold", "spam", "trash" })
        {
            var comments = await _http.GetFromJsonAsync<JsonArray>(new Uri($"wp-json/wp/v2/comments?context=edit&status={status}&search={author}", UriKind.Relative));
            if (comments!.FirstOrDefault() is { } found)
                return found;
        }
        return null;
    }

    public async Task DeleteAsync(int id)
    {
        using var answer = await _http.DeleteAsync(new Uri($"wp-json/wp/v2/comments/{id}?force=true", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    public async Task EditAsync(int id, string text)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri($"wp-json/wp/v2/comments/{id}", UriKind.Relative), new { content = text });
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Programs.EndAsync(_server);
        await Programs.EndAsync(_database);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("wp-json/wp/v2/comments", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<bool> AnswersAsync(string socket)
    {
        try
        {
            await Programs.RunAsync("mariadb-admin", "--no-defaults", $"--socket={socket}", "-uroot", "ping");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
