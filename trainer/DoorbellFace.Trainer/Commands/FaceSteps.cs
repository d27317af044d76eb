using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Review;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Commands;

/// <summary>The first steps from photos to a model, as every command shows them: with a bar, and with remarks on who is left out.</summary>
internal static class FaceSteps
{
    /// <summary>Cuts the faces out.</summary>
    /// <param name="photos">Folder with a folder of photos for each person.</param>
    /// <param name="output">Folder for the faces.</param>
    /// <param name="title">What is being done, in a few words.</param>
    /// <param name="stop">Ends it after the photo at hand.</param>
    /// <returns>What there was to do, and what has been done: less when it was stopped.</returns>
    public static (FacePreparation Preparation, IReadOnlyList<PreparedPhoto> Done) CutOut(string photos, string output, string title,
        CancellationToken stop)
    {
        using FaceCutting cutting = FaceCutting.Open(photos, output, PreprocessorSettings.ImageNetGray(new TrainingSettings().Size));
        foreach (string remark in cutting.Preparation.Folder.RemarksOnPeople()) Screen.Remark(remark);
        IReadOnlyList<PreparedPhoto> done =
            Screen.WithProgress(title, cutting.Preparation.Photos.Count, onPhoto => cutting.Run(onPhoto, stop));
        // Nobody is left out in silence. (Of those without photos the remarks above have told.)
        if (!stop.IsCancellationRequested)
            foreach ((string person, int faces) in FaceCutting.FacesPerPerson(done)
                .Where(person => person.Key.Length > 0 && person.Value == 0))
                Screen.Remark($"No face was found in any photo of '{person}', who is left out.");
        return (cutting.Preparation, done);
    }

    /// <summary>Looks through faces for wrong ones, and writes list and page.</summary>
    /// <param name="faces">Folder with a folder of crops for each person.</param>
    /// <param name="people">Who is in it.</param>
    /// <param name="stop">Ends it.</param>
    public static (int Crops, IReadOnlyList<CropSuggestion> Suggestions) Review(string faces, IReadOnlyList<PersonFolder> people,
        CancellationToken stop)
    {
        IReadOnlyList<ReviewedCrop> crops =
            Screen.WithProgress("looking for wrong faces", people.Sum(person => person.Files.Count), onCrop =>
                CropReview.Look(Path.GetFullPath(faces), people, onCrop, stop));
        IReadOnlyList<CropSuggestion> suggestions = CropReview.Suggest(crops);
        new ReviewFiles(faces).Write(crops, suggestions);
        return (crops.Count, suggestions);
    }
}
