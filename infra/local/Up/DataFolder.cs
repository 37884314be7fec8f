namespace Moderato.Local.Up;

/// <summary>
/// Everything a local run keeps: <c>azurite/</c> (tables and queues), <c>mailbox/</c> (each mail as a file), <c>timers/</c>, <c>local.settings.json</c>,
/// <c>api-key</c>. Held by one run at a time.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>What tells a folder of ours from any other, and is locked by the run that uses it.</summary>
    private const string Mark = "moderato.lock";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    public string Path { get; }

    public string Mailbox => In("mailbox");

    public string SettingsFile => In("local.settings.json");

    public string ApiKeyFile => In("api-key");

    /// <param name="path">Made if missing.</param>
    /// <param name="reset">Deletes what an earlier run kept there.</param>
    /// <exception cref="UpException">It is in use, or it holds something else.</exception>
    public static DataFolder Open(string path, bool reset)
    {
        path = System.IO.Path.GetFullPath(path);
        var mark = System.IO.Path.Combine(path, Mark);
        if (Directory.Exists(path) && !File.Exists(mark) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new UpException($"{path} holds files that are not Moderato's data; name an empty or new folder with --data.");

        Directory.CreateDirectory(path);
        var folder = new DataFolder(path, Lock(mark, path));
        if (reset)
            folder.Empty();
        return folder;
    }

    public void Dispose() => _lock.Dispose();

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static FileStream Lock(string mark, string path)
    {
        try
        {
            return new FileStream(mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new UpException($"Another run uses {path}: end it, or name another folder with --data.");
        }
    }

    private void Empty()
    {
        foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos().Where(entry => entry.Name != Mark))
        {
            if (entry is DirectoryInfo { LinkTarget: null } folder)
                folder.Delete(recursive: true);
            else
                entry.Delete();
        }
    }
}
