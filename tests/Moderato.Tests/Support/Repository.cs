namespace Moderato.Tests.Support;

/// <summary>Where the project lies.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Moderato.slnx")))
                return folder;
        }
        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
