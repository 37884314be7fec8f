using System.CommandLine;
using System.Globalization;
using Moderato.Model;
using Moderato.Scoring;

var data = new Option<string>("--data") { Description = "Folder with one folder per open source.", Required = true };
var comments = new Option<string>("--comments")
{
    Description = "The project's own labelled comments.",
    DefaultValueFactory = _ => "infra/model/data/comments-it.tsv",
};
var output = new Option<string>("--output") { Description = "The model file to write.", Required = true };
var name = new Option<string>("--name") { Description = "Name of the training, first part of the model version.", DefaultValueFactory = _ => "1" };
var seed = new Option<ulong>("--seed") { Description = "Order of the texts in training.", DefaultValueFactory = _ => new TrainingSettings().Seed };
var text = new Argument<string>("text") { Description = "The text to explain." };

var train = new Command("train", "Train a model and write it. The same data and seed give the same bytes.") { data, comments, output, name, seed };
train.SetAction(arguments => Guarded(() =>
{
    var settings = new TrainingSettings { Seed = arguments.GetValue(seed) };
    var texts = SentimentData.Read(arguments.GetValue(data)!, arguments.GetValue(comments)!).Training;
    var head = SentimentTraining.Train(texts, settings);
    using var file = File.Create(arguments.GetValue(output)!);
    ModelFile.Write(file, arguments.GetValue(name)!, settings.Features, [head]);
    Say($"{texts.Count} texts, temperature {head.Temperature:F3}, {file.Length} bytes in {arguments.GetValue(output)}");
}));

var evaluate = new Command("evaluate", "Train without each source and test on it.") { data, comments, seed };
evaluate.SetAction(arguments => Guarded(() =>
{
    var settings = new TrainingSettings { Seed = arguments.GetValue(seed) };
    Say($"| source | language | texts | macro-F1 | accuracy | calibration error |");
    Say($"| --- | --- | ---: | ---: | ---: | ---: |");
    foreach (var (source, language, metrics) in LeaveOneSourceOut.Run(SentimentData.Read(arguments.GetValue(data)!, arguments.GetValue(comments)!), settings))
        Say($"| {source} | {language} | {metrics.Count} | {metrics.MacroF1:F3} | {metrics.Accuracy:F3} | {metrics.CalibrationError:F3} |");
}));

var explain = new Command("explain", "Show what the built-in model sees in a text.") { text };
explain.SetAction(arguments => Guarded(() =>
{
    var written = arguments.GetValue(text)!;
    using var stream = typeof(Scorer).Assembly.GetManifestResourceStream("Moderato.Scoring.model.bin")!;
    var signals = Scorer.Default().Score(written);
    Say($"model {signals.ModelVersion}: negative {signals.Negative:F3}, neutral {signals.Neutral:F3}, positive {signals.Positive:F3}");
    foreach (var (label, strongest) in Explanation.Of(LinearModel.Load(stream), written, count: 8))
        Say($"{label}: {string.Join(", ", strongest.Select(feature => string.Create(CultureInfo.InvariantCulture, $"{feature.Feature} +{feature.Share:F2}")))}");
}));

// A comment may begin with @: that is a mention, no file of arguments.
var parser = new ParserConfiguration { ResponseFileTokenReplacer = null };
return new RootCommand("Trains, measures and explains Moderato's model.") { train, evaluate, explain }.Parse(args, parser).Invoke();

static int Guarded(Action action)
{
    try
    {
        action();
        return 0;
    }
    catch (Exception error) when (error is DataException or ModelFileException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(error.Message);
        return 2;
    }
}

static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
