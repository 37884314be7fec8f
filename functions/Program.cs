using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moderato.Actions;
using Moderato.Digests;
using Moderato.Hosting;
using Moderato.Ingest;
using Moderato.Mail;
using Moderato.Members;
using Moderato.Moderation;
using Moderato.Mood;
using Moderato.Policy;
using Moderato.Privacy;
using Moderato.Review;
using Moderato.Scoring;
using Moderato.Storage;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

builder.Services.AddSingleton(TimeProvider.System);
builder.Services
    .AddSettings(builder.Configuration)
    .AddKeys()
    .AddStorage(builder.Configuration)
    .AddOutgoing()
    .AddTelemetry(builder.Configuration)
    .AddScoring()
    .AddIngest()
    .AddPolicy()
    .AddModeration()
    .AddActions()
    .AddReview()
    .AddMembers()
    .AddMail()
    .AddMood()
    .AddDigests()
    .AddPrivacy();

try
{
    var app = builder.Build();
    _ = app.Services.GetService<Settings>(); // wrong settings end the app before anything else is tried with them
    app.Run();
    return 0;
}
catch (SettingsException wrong)
{
    foreach (var problem in wrong.Problems)
        Console.Error.WriteLine(problem);
    return 2;
}
