using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Faces;

public class FacePoseTests
{
    [Fact]
    public void A_face_that_looks_into_the_camera_has_no_turn()
    {
        FacePose pose = FacePose.Of(FaceAlignment.Template);

        Assert.Equal(0, pose.Yaw, tolerance: 0.02f);
        Assert.Equal(0, pose.Pitch, tolerance: 0.02f);
        Assert.Equal(0, pose.RollDegrees, tolerance: 1f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-90)]
    [InlineData(170)]
    public void Roll_is_the_tilt_and_changes_nothing_else(float degrees)
    {
        FaceLandmarks upright = FaceAlignment.Template with { NoseTip = new FacePoint(0.58f, 0.68f) };
        var turn = AffineTransform.TargetToSource(1, 1, 70, 90, 60, Rotation.FromDegrees(degrees));

        FacePose pose = FacePose.Of(upright.Map(turn)), before = FacePose.Of(upright);

        Assert.Equal(degrees, pose.RollDegrees - before.RollDegrees, tolerance: 0.1f);
        Assert.Equal(before.Yaw, pose.Yaw, tolerance: 1e-3f);
        Assert.Equal(before.Pitch, pose.Pitch, tolerance: 1e-3f);
    }

    [Fact]
    public void The_nose_goes_the_way_the_head_turns()
    {
        FaceLandmarks face = FaceAlignment.Template;

        Assert.True(FacePose.Of(face with { NoseTip = new FacePoint(0.60f, 0.64f) }).Yaw > 0.2f);
        Assert.True(FacePose.Of(face with { NoseTip = new FacePoint(0.40f, 0.64f) }).Yaw < -0.2f);
        Assert.True(FacePose.Of(face with { NoseTip = new FacePoint(0.50f, 0.74f) }).Pitch > 0.2f);
        Assert.True(FacePose.Of(face with { NoseTip = new FacePoint(0.50f, 0.54f) }).Pitch < -0.2f);
    }

    [Fact]
    public void A_face_from_the_side_is_far_turned_though_its_eyes_stand_close()
    {
        var side = new FaceLandmarks(new(50, 40), new(58, 40), new(68, 55), new(50, 70), new(57, 70));

        Assert.True(FacePose.Of(side).Yaw > 0.5f);
    }

    [Fact]
    public void Landmarks_all_in_one_place_give_numbers()
    {
        var point = new FacePoint(10, 10);
        FacePose pose = FacePose.Of(new FaceLandmarks(point, point, point, point, point));

        Assert.True(float.IsFinite(pose.Yaw) && float.IsFinite(pose.Pitch) && float.IsFinite(pose.RollDegrees));
    }
}
