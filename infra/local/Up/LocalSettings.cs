using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moderato.Local.Up;

/// <summary>
/// The data folder's local.settings.json and API key. Made on the first run from the sample, with secrets of this machine's own; kept
/// from then on, so they may be edited.
/// </summary>
internal static partial class LocalSettings
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The API key, and the settings by name.</returns>
    /// <exception cref="UpException">The key of kept settings is gone.</exception>
    public static (string ApiKey, IReadOnlyDictionary<string, string> Values) Prepare(string sampleFile, DataFolder folder)
    {
        if (!File.Exists(folder.SettingsFile))
            Make(sampleFile, folder);
        if (!File.Exists(folder.ApiKeyFile))
            throw new UpException($"{folder.ApiKeyFile} is missing, and with it the key of the kept settings; start afresh with --reset.");

        var problems = new List<string>();
        var settings = Hosting.Settings.Read([folder.SettingsFile], new Dictionary<string, string>(), problems);
        return problems.Count == 0
            ? (File.ReadAllText(folder.ApiKeyFile).Trim(), settings.Values)
            : throw new Hosting.AppException(problems);
    }

    private static void Make(string sampleFile, DataFolder folder)
    {
        var apiKey = $"mod_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var settings = JsonNode.Parse(File.ReadAllBytes(sampleFile))!.AsObject();
        var values = settings["Values"]!.AsObject();
        foreach (var (name, value) in values.ToArray())
            values[name] = Placeholders().Replace(value!.GetValue<string>(), found => Fill(found.Value, apiKey));

        // The settings come last: a run that is killed in between makes both again.
        WritePrivate(folder.ApiKeyFile, apiKey);
        WritePrivate(folder.SettingsFile, settings.ToJsonString(Readable));
    }

    private static string Fill(string placeholder, string apiKey) => placeholder switch
    {
        "<secret>" => RandomNumberGenerator.GetHexString(64, lowercase: true),
        _ => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey))),
    };

    /// <summary>A file that only its owner reads.</summary>
    private static void WritePrivate(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options);
        writer.WriteLine(text);
    }

    [GeneratedRegex("<(secret|api-key-sha256)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholders();
}
