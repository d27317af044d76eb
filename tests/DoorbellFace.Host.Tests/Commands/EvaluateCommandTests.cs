using System.Globalization;
using System.Text.Json;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Host.Commands;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>
/// Measuring and asking, by the commands as they are called, with the real cascade and the networks that come with the program, on drawn
/// people. Other programs hold on to the names in the JSON.
/// </summary>
[Collection(nameof(StandardOutput))]
public sealed class EvaluateCommandTests : IDisposable
{
    private const int Photos = 4, Things = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Detection_counts_faces_at_each_angle_and_boxes_where_none_is()
    {
        JsonElement result = Detection("--angles", "0,90");

        Assert.Equal((2 * Photos, 2 * Things), (result.GetProperty("frames").GetInt32(), result.GetProperty("faceless_frames").GetInt32()));
        Assert.Equal(1, result.GetProperty("recall_all").GetDouble());
        Assert.Equal(["0", "90"], result.GetProperty("recall_by_angle").EnumerateObject().Select(angle => angle.Name));
        Assert.Equal(0, result.GetProperty("wrong_boxes_per_frame").GetDouble());
        Assert.Equal(0, result.GetProperty("false_boxes_per_faceless_frame").GetDouble());
        Assert.True(result.GetProperty("median_ms").GetDouble() > 0);
        Assert.InRange(result.GetProperty("ci95").GetProperty("recall_all")[0].GetDouble(), 0.6, 0.99);
    }

    [Fact]
    public void Every_second_photo_is_half_of_them()
    {
        JsonElement result = Detection("--angles", "0", "--every", "2");

        Assert.Equal((Photos / 2, (Things + 1) / 2),
            (result.GetProperty("frames").GetInt32(), result.GetProperty("faceless_frames").GetInt32()));
    }

    [Fact]
    public void The_curve_falls_and_goes_through_what_the_detector_does()
    {
        JsonElement[] curve = [.. Detection("--angles", "0,15", "--curve").GetProperty("curve").EnumerateArray()];
        JsonElement own = Detection("--angles", "0,15");

        double[] recall = [.. curve.Select(point => point.GetProperty("recall_all").GetDouble())];
        Assert.True(recall.Length >= 5);
        Assert.Equal(recall.OrderDescending(), recall);
        float decided = new Core.Faces.FaceFinderOptions().MinProbability;
        JsonElement there = curve.Single(point => point.GetProperty("probability").GetSingle() == decided);
        Assert.Equal(own.GetProperty("recall_all").GetDouble(), there.GetProperty("recall_all").GetDouble());
        Assert.Equal(own.GetProperty("wrong_boxes_per_frame").GetDouble(), there.GetProperty("wrong_boxes_per_frame").GetDouble());
    }

    [Fact]
    public void The_papers_algorithm_and_the_candidates_alone_can_be_measured_as_well()
    {
        Assert.Equal("paper", Detection("--angles", "0", "--detector", "paper").GetProperty("detector").GetString());
        Assert.Equal(1, Detection("--angles", "0", "--candidates").GetProperty("recall_all").GetDouble());
    }

    [Theory]
    [InlineData("mask")]
    [InlineData("cap")]
    [InlineData("dark-glasses")]
    [InlineData("cap", "dark-glasses")]
    public void What_is_worn_is_painted_on_every_face_and_told_of(params string[] worn)
    {
        JsonElement result = Detection(["--angles", "0", "--wear", .. worn, "--sheet", _folder["worn.png"]]);

        Assert.Equal(worn, result.GetProperty("wear").EnumerateArray().Select(thing => thing.GetString()));
        Assert.Equal(Photos, result.GetProperty("faces").GetInt32());
        Assert.InRange(result.GetProperty("recall_all").GetDouble(), 0, 1);
        Detection("--angles", "0", "--sheet", _folder["bare.png"]);
        PixelBuffer shown = PictureFile.Read(_folder["worn.png"]), bare = PictureFile.Read(_folder["bare.png"]);
        Assert.Equal((Photos * 320, 240), (shown.Width, shown.Height));
        // Things without a face are not painted, and neither is what lies beside the faces.
        Assert.InRange(ChangedPart(bare, shown), 0.02, 0.25);

        static double ChangedPart(PixelBuffer before, PixelBuffer after) =>
            Enumerable.Range(0, before.Pixels.Length).Count(i => before.Pixels[i] != after.Pixels[i]) / (double)before.Pixels.Length;
    }

    [Fact]
    public void Of_several_people_in_a_frame_everybody_must_be_found()
    {
        JsonElement result = Detection("--angles", "0", "--people", "2");

        Assert.Equal((Photos, 2 * Photos), (result.GetProperty("frames").GetInt32(), result.GetProperty("faces").GetInt32()));
        Assert.InRange(result.GetProperty("recall_all").GetDouble(), 0.75, 1);
        Assert.Equal(0, result.GetProperty("wrong_boxes_per_frame").GetDouble());
    }

    [Fact]
    public void By_night_drawn_faces_are_found_and_the_porch_stays_empty()
    {
        JsonElement result = Detection("--angles", "0", "--light", "night", "--sheet", _folder["night.png"]);

        Assert.Equal("night", result.GetProperty("light").GetString());
        Assert.InRange(result.GetProperty("recall_all").GetDouble(), 0.75, 1);
        Assert.Equal(0, result.GetProperty("false_boxes_per_faceless_frame").GetDouble());
        Detection("--angles", "0", "--sheet", _folder["day.png"]);
        double Mean(string file) => PictureFile.Read(_folder[file]).Pixels.ToArray().Average(level => (double)level);
        Assert.InRange(Mean("night.png") / Mean("day.png"), 0.4, 0.6);
    }

    [Fact]
    public void Without_photos_of_things_nothing_is_said_of_false_boxes()
    {
        Detection("--angles", "0");

        JsonElement result = StandardOutput.JsonOf(EvaluateDetectionCommand.Create(),
            "--faces", _folder["faces"], "--reference", _folder["places.csv"], "--angles", "0", "--json");

        Assert.Equal((Photos, 0), (result.GetProperty("frames").GetInt32(), result.GetProperty("faceless_frames").GetInt32()));
        Assert.Equal(JsonValueKind.Null, result.GetProperty("false_boxes_per_faceless_frame").ValueKind);
    }

    [Fact]
    public void Identification_tells_every_rate_with_its_interval_and_the_same_seed_the_same()
    {
        string people = DrawPeople();

        JsonElement result = Identification(people, "--seed", "3"), again = Identification(people, "--seed", "3");

        Assert.Equal((4, 8, 6),
            (result.GetProperty("people").GetInt32(), result.GetProperty("probes").GetInt32(),
            result.GetProperty("stranger_photos").GetInt32()));
        // By chance one probe in four would have the right person first.
        Assert.InRange(result.GetProperty("closed_set_accuracy").GetDouble(), 0.75, 1);
        foreach (string rate in (string[])["closed_set_accuracy", "tpir", "fpir", "tpir_at_fpir_1pct", "worst_stranger_fpir",
            "no_face_rate"])
        {
            Assert.InRange(result.GetProperty(rate).GetDouble(), 0, 1);
            Assert.Equal(result.GetProperty(rate).GetDouble(), again.GetProperty(rate).GetDouble());
        }
        foreach (string rate in (string[])["closed_set_accuracy", "tpir", "fpir", "tpir_at_fpir_1pct"])
        {
            double[] ends = [.. result.GetProperty("ci95").GetProperty(rate).EnumerateArray().Select(end => end.GetDouble())];
            Assert.InRange(result.GetProperty(rate).GetDouble(), ends[0] - 1e-9, ends[1] + 1e-9);
        }
        Assert.InRange(result.GetProperty("threshold").GetDouble(), 0.05, 1);
        Assert.True(result.GetProperty("ms_per_photo").GetDouble() > 0);
    }

    [Fact]
    public void Identification_names_the_photos_that_went_wrong()
    {
        string people = DrawPeople();
        string wall = Path.Combine(people, "Anna", "wall.png");
        PictureFile.Write(wall, new PixelBuffer(320, 240, PixelFormat.Gray8, new byte[320 * 240]));

        // With seed after seed the wall is sooner or later asked about, and not enrolled with.
        JsonElement result = Enumerable.Range(1, 20).Select(seed => Identification(people, "--seed", $"{seed}"))
            .First(result => Errors(result).Any(error => error.Photo == wall));

        (string Photo, string Person, string Kind)[] errors = Errors(result);
        Assert.Contains((wall, "Anna", "no_face"), errors);
        int strangers = errors.Count(error => error.Kind == "stranger_named");
        Assert.Equal(result.GetProperty("fpir").GetDouble(), strangers / (double)result.GetProperty("stranger_photos").GetInt32(), 1e-9);
        Assert.Equal(1 - result.GetProperty("tpir").GetDouble(),
            (errors.Length - strangers) / (double)result.GetProperty("probes").GetInt32(), 1e-9);
        Assert.All(errors, error => Assert.True(File.Exists(error.Photo)));

        static (string Photo, string Person, string Kind)[] Errors(JsonElement result) =>
            [.. result.GetProperty("errors").EnumerateArray()
                .Select(error =>
                (error.GetProperty("photo").GetString()!, error.GetProperty("person").GetString()!,
                    error.GetProperty("kind").GetString()!))];
    }

    [Fact]
    public void Through_the_doorbells_camera_several_frames_are_taken_together()
    {
        JsonElement result = Identification(DrawPeople(), "--camera", "80", "--frames", "2");

        Assert.Equal(8, result.GetProperty("probes").GetInt32());
        Assert.InRange(result.GetProperty("no_face_rate").GetDouble(), 0, 0.2);
    }

    [Theory]
    [InlineData("The camera is 'wide'; ", "--camera", "wide")]
    [InlineData("--frames is 2, ", "--frames", "2")]
    [InlineData("--enroll is 0; ", "--enroll", "0")]
    [InlineData("Anna has 5 photos; with --enroll 5", "--enroll", "5")]
    public void What_cannot_be_measured_is_refused_with_a_sentence(string expected, params string[] words)
    {
        // Nothing is looked at before it is refused.
        string people = _folder["people"];
        foreach (string folder in (string[])[Path.Combine(people, "Anna"), people + "-strangers"])
        {
            Directory.CreateDirectory(folder);
            for (int i = 0; i < 5; i++) File.WriteAllText(Path.Combine(folder, $"{i}.png"), "");
        }

        UserErrorException error = Assert.Throws<UserErrorException>(() => Identification(people, words));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_on_a_photo_is_known_after_enrolment_with_the_real_networks()
    {
        string people = DrawPeople(), data = _folder["data"];
        foreach (string name in (string[])["Anna", "Ben"])
        {
            string photos = _folder[$"enrol-{name}"];
            Directory.CreateDirectory(photos);
            foreach (string photo in Directory.EnumerateFiles(Path.Combine(people, name)).Order(StringComparer.Ordinal).Take(4))
                File.Copy(photo, Path.Combine(photos, Path.GetFileName(photo)));
            JsonElement enrolled = StandardOutput.JsonOf(EnrollCommand.Create(), name, "--photos", photos, "--data", data, "--json");
            Assert.True(enrolled.GetProperty("added").GetInt32() >= 3, enrolled.ToString());
        }
        string broken = _folder["broken.png"];
        File.WriteAllText(broken, "no picture");

        JsonElement[] answers =
            [.. StandardOutput.JsonOf(IdentifyCommand.Create(), Path.Combine(people, "Anna", "005.png"),
                Path.Combine(people, "Ben", "005.png"), broken, "--data", data, "--json").EnumerateArray()];

        Assert.Equal(["Anna", "Ben"], answers.Take(2).Select(answer => answer.GetProperty("faces")[0].GetProperty("name").GetString()));
        Assert.All(answers.Take(2), answer =>
            Assert.False(string.IsNullOrWhiteSpace(answer.GetProperty("faces")[0].GetProperty("reason").GetString())));
        Assert.Contains("broken.png", answers[2].GetProperty("problem").GetString()!, StringComparison.Ordinal);
    }

    /// <summary>Photos of drawn people whose faces' places are written down, and of nobody.</summary>
    private JsonElement Detection(params string[] words)
    {
        string faces = _folder["faces"], things = _folder["things"], places = _folder["places.csv"];
        if (!Directory.Exists(faces))
        {
            Directory.CreateDirectory(faces);
            Directory.CreateDirectory(things);
            var lines = new List<string> { "file,x,y,width,height" };
            for (int i = 0; i < Photos; i++)
            {
                RenderedFace face =
                    FaceRenderer.RenderFace(DrawnFamily.All[i].Person, new DrawnScene { Seed = i, FaceHeightPixels = 110 }, 320, 240);
                PictureFile.Write(Path.Combine(faces, $"{i}.png"), face.Picture);
                lines.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{i}.png,{face.Box.X},{face.Box.Y},{face.Box.Width},{face.Box.Height}"));
            }
            File.WriteAllLines(places, lines);
            for (int i = 0; i < Things; i++) PictureFile.Write(Path.Combine(things, $"{i}.png"), Scenes.EmptyPorch);
        }
        return StandardOutput.JsonOf(EvaluateDetectionCommand.Create(),
            ["--faces", faces, "--nonfaces", things, "--reference", places, "--json", .. words]);
    }

    /// <summary>Five photos each of the demo's family, and six strangers beside them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_people_at_once_are_told_apart_also_when_they_change_places(bool swap)
    {
        string people = DrawPeople();

        JsonElement result = StandardOutput.JsonOf(
            EvaluateCompanyCommand.Create(),
            ["--enroll-people", people, "--people", people, "--strangers", people + "-strangers", "--pairs", "4", "--frames", "4", "--json",
                .. swap ? ["--swap"] : (string[])[]]);

        int Of(string name) => result.GetProperty(name).GetInt32();
        Assert.Equal(4, Of("pairs"));
        Assert.Equal(4, Of("both_named") + Of("one_named") + Of("one_overlooked") + Of("none_named") + Of("wrong_name"));
        // They are enrolled with these very photos: whoever mixes up the faces of two names fewer.
        Assert.InRange(Of("both_named"), 3, 4);
        Assert.Equal((4, 0), (Of("with_stranger"), Of("one_overlooked")));
    }

    [Fact]
    public void Strangers_who_come_again_are_counted_apart_from_those_who_come_for_the_first_time()
    {
        JsonElement result =
            StandardOutput.JsonOf(EvaluateStrangersCommand.Create(), ["--people", DrawPeople(), "--most", "4", "--json"]);

        int Of(string name) => result.GetProperty(name).GetInt32();
        // Five photos of each of four: two had been there with one, and all ring with the other four.
        Assert.Equal((2, 8, 8), (Of("remembered"), Of("again"), Of("first")));
        Assert.InRange(Of("known_again"), 4, 8);
        Assert.InRange(Of("taken_for_another") + Of("first_taken_for_another"), 0, 2);
    }

    private string DrawPeople()
    {
        string people = _folder["people"];
        if (!Directory.Exists(people))
            StandardOutput.Of(DrawPeopleCommand.Create(), people, "--photos", "5", "--strangers", "6", "--strangers-for", "measuring");
        return people;
    }

    private static JsonElement Identification(string people, params string[] words) =>
        StandardOutput.JsonOf(EvaluateIdentificationCommand.Create(),
            ["--people", people, "--strangers", people + "-strangers", "--json",
            .. words.Contains("--enroll") ? [] : (string[])["--enroll", "3"], .. words]);
}
