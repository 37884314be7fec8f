using System.IO.Compression;

namespace Moderato.Model.Corpus;

/// <summary>A tab-separated file with one header line, plain or gzipped. No quoting: a text never has a tab or a line break.</summary>
public static class TsvTable
{
    /// <returns>Rows in file order, reduced to <paramref name="columns"/> in that order.</returns>
    /// <exception cref="DataException">The file, a column or a cell is missing.</exception>
    public static IEnumerable<string[]> Read(string path, params string[] columns)
    {
        var header = Header(path);
        using var reader = Open(path);
        reader.ReadLine();
        var places = Array.ConvertAll(columns, column => Array.IndexOf(header, column));
        for (var i = 0; i < columns.Length; i++)
            if (places[i] < 0) throw new DataException($"The file {path} has no column '{columns[i]}'.");

        for (var line = 2; reader.ReadLine() is { } row; line++)
        {
            var cells = row.Split('\t');
            if (cells.Length != header.Length)
                throw new DataException($"Line {line} of {path} has {cells.Length} columns, its header has {header.Length}.");
            yield return Array.ConvertAll(places, place => cells[place]);
        }
    }

    /// <summary>The names of the columns.</summary>
    /// <exception cref="DataException">There is no file, or nothing in it.</exception>
    public static string[] Header(string path)
    {
        if (!File.Exists(path)) throw new DataException($"The file {path} does not exist.");
        using var reader = Open(path);
        return reader.ReadLine()?.Split('\t') ?? throw new DataException($"The file {path} is empty.");
    }

    private static StreamReader Open(string path)
    {
        var file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }
}
