using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Moderato.Model.Corpus;
using Moderato.Model.Evaluation;
using Moderato.Model.Training;
using Moderato.Scoring;

const ulong DefaultSeed = 20_260_101;

var data = new Option<string>("--data") { Description = "Folder with one folder per open source.", Required = true };
var own = new Option<string>("--own") { Description = "Folder with the project's own comments and word lists.", DefaultValueFactory = _ => "infra/model/data" };
var output = new Option<string>("--out") { Description = "The model file to write.", Required = true };
var name = new Option<string>("--name") { Description = "Name of the training, first part of the model version.", DefaultValueFactory = _ => "2" };
var seed = new Option<ulong>("--seed") { Description = "Order of the texts in training.", DefaultValueFactory = _ => DefaultSeed };
var tasks = new Option<string[]>("--task") { Description = "Only these tasks.", AllowMultipleArgumentsPerToken = true };
var model = new Option<string?>("--model") { Description = "A model file; the built-in one where none is named." };
var head = new Option<string>("--head") { Description = $"What to measure: {string.Join(", ", Question.All.Select(question => question.Name))}.", Required = true };
var input = new Option<string>("--input") { Description = "TSV with a header line and the columns text and label.", Required = true };
var language = new Option<string?>("--lang") { Description = "Only rows of this language, where the file has a column lang." };
var by = new Option<string?>("--by") { Description = "A column of the input to report accuracy by." };
var text = new Option<string>("--text") { Description = "The text to explain.", Required = true };
var folder = new Option<string>("--folder") { Description = "Where to write.", Required = true };
var count = new Option<int>("--count") { Description = "Reasons for each score.", DefaultValueFactory = _ => 6 };

var train = new Command("train", "Train a model and write it. The same data and seed give the same bytes.") { data, own, output, name, seed };
train.SetAction(arguments => Guarded(() =>
{
    var corpus = TrainingCorpus.Read(arguments.GetValue(data)!, arguments.GetValue(own)!);
    var trainer = new Trainer(corpus.Vocabulary, FeatureParameters.Default, arguments.GetValue(seed));
    Note($"{corpus.Texts.Count} texts, {corpus.Vocabulary.Lexicon.Entries.Count} words in the lexicon; reading their features");
    var (examples, finished) = (trainer.Examples(corpus.Texts), 0);
    var trained = trainer.Train(examples, arguments.GetValue(name)!, result =>
        Note($"{++finished}/{Columns.Tasks.Count} {result.Task.Name}: {result.Texts} texts, slope {result.Calibration.Slope:F2}, threshold {result.Threshold:F2}"));
    using var file = File.Create(arguments.GetValue(output)!);
    ModelFile.Write(file, trained, new TrainingRecord(arguments.GetValue(seed), corpus.Files.Files));
    Note($"{file.Length} bytes in {arguments.GetValue(output)}");
}));

var evaluate = new Command("evaluate", "Measure a model on labelled texts; prints one JSON object.") { head, input, language, by, model };
evaluate.SetAction(arguments => Guarded(() =>
{
    var question = Ask(arguments.GetValue(head)!);
    var texts = LabelledFile.Read(arguments.GetValue(input)!, question, arguments.GetValue(language), arguments.GetValue(by));
    Console.WriteLine(JsonSerializer.Serialize(HeadEvaluation.Of(Load(arguments.GetValue(model)), question, texts, arguments.GetValue(by) is not null), Json(indented: true)));
}));

var validate = new Command("validate", "Train without each source and test on it; prints a table.") { data, own, seed, tasks };
validate.SetAction(arguments => Guarded(() =>
{
    var wanted = arguments.GetValue(tasks) is { Length: > 0 } named ? named : [.. Columns.Tasks.Select(task => task.Name)];
    var unknown = wanted.Except(Columns.Tasks.Select(task => task.Name)).ToList();
    if (unknown.Count > 0) throw new DataException($"There is no task '{string.Join("', '", unknown)}'; there are {string.Join(", ", Columns.Tasks.Select(task => task.Name))}.");
    var corpus = TrainingCorpus.Read(arguments.GetValue(data)!, arguments.GetValue(own)!);
    var trainer = new Trainer(corpus.Vocabulary, FeatureParameters.Default, arguments.GetValue(seed));
    var examples = trainer.Examples(corpus.Texts);
    Say($"| task | source | language | texts | macro-F1 | accuracy | ROC AUC | best F1 |");
    Say($"| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |");
    foreach (var m in Columns.Tasks.Where(task => wanted.Contains(task.Name)).SelectMany(task => LeaveOneSourceOut.Run(examples, task, trainer)))
    {
        var flag = double.IsNaN(m.RocAuc) ? "| | |" : string.Create(CultureInfo.InvariantCulture, $"| {m.RocAuc:F3} | {m.BestF1:F3} |");
        Say($"| {m.Task} | {m.Source}{(m.IsHeldOut ? " (held out)" : "")} | {m.Language} | {m.Measures.N} | {m.Measures.MacroF1:F3} | {m.Measures.Accuracy:F3} {flag}");
    }
}));

var export = new Command("export", "Write the texts of a choice for fastText: train.txt and test.txt, one __label__ and one text a line.") { data, own, head, folder };
export.SetAction(arguments => Guarded(() =>
{
    var task = Columns.Tasks.FirstOrDefault(known => known.IsChoice && known.Name == arguments.GetValue(head))
        ?? throw new DataException($"Only {string.Join(" and ", Columns.Tasks.Where(known => known.IsChoice).Select(known => known.Name))} can be exported.");
    var corpus = TrainingCorpus.Read(arguments.GetValue(data)!, arguments.GetValue(own)!);
    FastTextFiles.Write(corpus.Texts, task, arguments.GetValue(folder)!);
}));

var heldOut = new Command("held-out", "Print the held-out own comments as a TSV for evaluate.") { own, head };
heldOut.SetAction(arguments => Guarded(() =>
{
    foreach (var line in HeldOutComments.Lines(Path.Combine(arguments.GetValue(own)!, "comments.tsv"), Ask(arguments.GetValue(head)!))) Console.WriteLine(line);
}));

var score = new Command("score", "Score lines of text from standard input; prints one JSON object for each.") { model };
score.SetAction(arguments => Guarded(() =>
{
    var scorer = new Scorer(Load(arguments.GetValue(model)));
    var options = Json(indented: false);
    while (Console.In.ReadLine() is { } line) Console.WriteLine(JsonSerializer.Serialize(scorer.Score(line), options));
}));

var explain = new Command("explain", "Show what a model sees in a text: the strongest reasons for and against each score.") { text, count, model };
explain.SetAction(arguments => Guarded(() =>
{
    var (written, loaded) = (arguments.GetValue(text)!, Load(arguments.GetValue(model)));
    Say($"model {loaded.Version}");
    foreach (var (question, label, probability) in Report.Of(loaded, written))
    {
        Say($"{label}: {probability:F3}");
        foreach (var reason in Explanation.Of(loaded, written, question, label, arguments.GetValue(count)))
            Say($"  {reason.Share:+0.00;-0.00}  {(reason.Signal is { } signal ? $"<{signal}>" : written[reason.Start..reason.End])}");
    }
}));

// A comment may begin with @: that is a mention, no file of arguments.
var parser = new ParserConfiguration { ResponseFileTokenReplacer = null };
return new RootCommand("Trains, measures and explains Moderato's model.") { train, evaluate, validate, heldOut, export, score, explain }.Parse(args, parser).Invoke();

static Question Ask(string name) => Question.Find(name)
    ?? throw new DataException($"There is no '{name}' to measure; there are {string.Join(", ", Question.All.Select(known => known.Name))}.");

static LinearModel Load(string? path)
{
    if (path is null) return Scorer.Default().Model;
    using var stream = File.OpenRead(path);
    return LinearModel.Load(stream);
}

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

static JsonSerializerOptions Json(bool indented) => new(JsonSerializerDefaults.Web)
{
    WriteIndented = indented,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
};

static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

static void Note(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
