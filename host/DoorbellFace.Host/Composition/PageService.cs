using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Training;
using DoorbellFace.Terminal;
using DoorbellFace.Web;
using DoorbellFace.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Composition;

/// <summary>
/// The page of a running door, as a service of its own that begins when the door is up. Whatever goes wrong with it is said once and ends
/// nothing:
/// the bell does not need it.
/// </summary>
/// <param name="door">The door that it shows.</param>
/// <param name="house">The use cases.</param>
/// <param name="settings">Where the page is.</param>
/// <param name="feed">What happens at the door.</param>
/// <param name="figures">Counts what happens from the beginning on.</param>
/// <param name="loggers">For remarks.</param>
internal sealed class PageService(
    RunningDoor door, HouseServices house, RunSettings settings, PageFeed feed, FiguresText figures, ILoggerFactory loggers)
    : BackgroundService
{
    private readonly ILogger _log = loggers.CreateLogger<PageService>();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The door first: nothing of the page is loaded before the door listens.
            await feed.Begun.WaitAsync(stoppingToken);
            // Whoever waits for a picture that is being read must not keep the door from closing.
            await using CancellationTokenRegistration closing = stoppingToken.Register(house.SentPictures.Dispose);
            using ModelBuilds builds = house.MakeModels();
            builds.Begin();
            var parts = new PageParts(
                door, feed, house.Visits, house.People, house.Enrolment, house.Rules, house.LoadTools, HouseServices.Pictures,
                    house.PageAccess,
                new FilePageKeyStorage(house.DataFolder))
            {
                ModelStamp = () => house.Models.Stamp,
                Review = new ReviewQueue(
                    house.Visits, house.People, house.Enrolment, HouseServices.Pictures, () => house.Models.Stamp, TimeProvider.System),
                Language = settings.Language,
                ResetCommand = "./doorbell page reset-password",
                WordsPerMinute = settings.Speech.WordsPerMinute,
                Tokens = house.Tokens,
                LoadIdentification = house.LoadIdentification,
                Figures = figures,
                Builds = builds,
                Records = house.Records,
                Audit = house.Audit,
                TrainerCommand = "./doorbell build training",
            };
            await using WebApplication page = DoorPage.Build(settings.Page, parts, loggers);
            await page.StartAsync(stoppingToken);
            Screen.Remark($"The page is at {page.Urls.First()}");
            await page.WaitForShutdownAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The door closes.
        }
        catch (DoorbellException error)
        {
            _log.LogError("There is no page now: {Reason}", Remedies.InWords(error));
        }
#pragma warning disable CA1031 // Whatever is wrong with the page, the bell rings.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.LogError("There is no page now, and the door goes on without: {Reason}", error.Message);
        }
    }
}
