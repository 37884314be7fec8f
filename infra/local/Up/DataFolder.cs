using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moderato.Local.Up;

/// <summary>
/// The folder where a local run keeps everything: storage, mails, timers' notes, settings and the API key. Made on the first run,
/// kept by later ones; only one run uses it at a time.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string Marker = ".moderato-data";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }
    public string Azurite => In("azurite");
    public string Mailbox => In("mailbox");
    public string SettingsFile => In("local.settings.json");
    private string ApiKeyFile => In("api-key");

    /// <exception cref="Host.LocalHostException">The folder is in use, or is to be reset and is not one of ours.</exception>
    public static DataFolder Open(string path, bool reset)
    {
        path = System.IO.Path.GetFullPath(path);
        var marker = System.IO.Path.Combine(path, Marker);
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() && !File.Exists(marker))
            throw new Host.LocalHostException($"{path} holds something else than Moderato's data. Name an empty or a new folder with --data.");

        Directory.CreateDirectory(path);
        FileStream held;
        try
        {
            held = new FileStream(marker, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new Host.LocalHostException($"{path} is in use by another ./infra/local/up. Stop that one, or name another folder with --data.");
        }
        var folder = new DataFolder(path, held);
        if (reset)
            folder.Clear();
        Directory.CreateDirectory(folder.Azurite);
        Directory.CreateDirectory(folder.Mailbox);
        return folder;
    }

    /// <summary>The key for the HTTP interface, made on the first run.</summary>
    public string ApiKey()
    {
        if (!File.Exists(ApiKeyFile))
        {
            var key = "mod_" + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            using var file = new FileStream(ApiKeyFile, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            file.Write(Encoding.UTF8.GetBytes(key));
        }
        return File.ReadAllText(ApiKeyFile);
    }

    /// <summary>
    /// The app's settings from this folder's local.settings.json. On the first run that is the sample with its blanks filled in:
    /// <c>&lt;secret&gt;</c> (a new one each), <c>&lt;api-key-sha256&gt;</c> and <c>&lt;data&gt;</c>.
    /// </summary>
    public Dictionary<string, string> Settings(string sampleFile)
    {
        if (!File.Exists(SettingsFile))
        {
            var sample = JsonNode.Parse(File.ReadAllText(sampleFile))!;
            var values = sample["Values"]!.AsObject();
            foreach (var (name, value) in values.ToList())
                values[name] = Fill((string)value!);
            File.WriteAllText(SettingsFile, sample.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
            File.SetUnixFileMode(SettingsFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        try
        {
            return JsonNode.Parse(File.ReadAllText(SettingsFile))!["Values"]!.AsObject().ToDictionary(v => v.Key, v => (string?)v.Value ?? "");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new Host.LocalHostException($"{SettingsFile} must be JSON with an object Values of strings, as in local.settings.sample.json.");
        }
    }

    public void Dispose() => _lock.Dispose();

    private string Fill(string value) => value
        .Replace("<data>", Path, StringComparison.Ordinal)
        .Replace("<secret>", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), StringComparison.Ordinal)
        .Replace("<api-key-sha256>", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ApiKey()))), StringComparison.Ordinal);

    private void Clear()
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(Path).Where(e => System.IO.Path.GetFileName(e) != Marker).ToList())
        {
            if (Directory.Exists(entry))
                Directory.Delete(entry, recursive: true);
            else
                File.Delete(entry);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
