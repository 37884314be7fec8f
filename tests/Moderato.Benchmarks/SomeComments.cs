using System.Reflection;

namespace Moderato.Benchmarks;

/// <summary>Comments of a given length from the project's own set: real punctuation, emoji and spelling, no repeated sentence.</summary>
public static class SomeComments
{
    /// <summary>So many, because a model that always sees the same words has them in its cache.</summary>
    public const int Count = 1_000;

    /// <summary>Comments set one after the other and cut to <paramref name="length"/> characters.</summary>
    public static string[] OfLength(int length)
    {
        var folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        var texts = File.ReadLines(Path.Combine(folder, "comments.tsv")).Skip(1).Select(line => line.Split('\t')[5]).ToArray();
        var (result, next) = (new string[Count], 0);
        for (var i = 0; i < Count; i++)
        {
            var text = "";
            while (text.Length < length) text += (text.Length > 0 ? " " : "") + texts[next++ % texts.Length];
            result[i] = text[..length];
        }

        return result;
    }
}
