namespace Moderato.Local.Demo;

/// <summary>How comments are packed for sending.</summary>
internal static class Batches
{
    private const int RepeatedDelivery = 3;

    /// <summary>Cuts a sequence into pieces of the given sizes, over and over.</summary>
    public static IEnumerable<DemoComment[]> Of(IEnumerable<DemoComment> comments, IReadOnlyList<int> sizes)
    {
        var rest = comments.ToArray().AsMemory();
        for (var turn = 0; rest.Length > 0; turn++)
        {
            var size = Math.Min(sizes[turn % sizes.Count], rest.Length);
            yield return rest[..size].ToArray();
            rest = rest[size..];
        }
    }

    /// <summary>How many times a body with these comments is delivered: once, or three times where one of them is to be repeated.</summary>
    public static int DeliveriesOf(this DemoScript script, DemoComment[] comments) =>
        comments.Any(comment => script.Duplicates.Contains(comment.Id)) ? RepeatedDelivery : 1;
}
