using Azure.Core;

namespace Moderato.Storage.Tables;

/// <summary>Which answers are not failures: they are not thrown, and diagnostics do not report them as errors.</summary>
internal static class Expected
{
    public static readonly ResponseClassifier Ok = new StatusCodeClassifier([200]);
    public static readonly ResponseClassifier OkOrMissing = new StatusCodeClassifier([200, 404]);
    public static readonly ResponseClassifier Written = new StatusCodeClassifier([201, 204]);
    public static readonly ResponseClassifier WrittenOrConflict = new StatusCodeClassifier([201, 204, 409]);
    public static readonly ResponseClassifier GoneOrMissing = new StatusCodeClassifier([204, 404]);
    public static readonly ResponseClassifier Accepted = new StatusCodeClassifier([202]);
}
