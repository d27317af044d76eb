using System.Text.Json.Nodes;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Core.Tests.Models;

public class ModelManifestTests
{
    [Fact]
    public void What_is_written_is_read_again() =>
        Assert.Equal(Manifests.Family().ToJson(), ModelManifest.Parse(Manifests.Family().ToJson()).ToJson());

    [Fact]
    public void Fields_have_the_names_of_the_image_model_world()
    {
        JsonObject json = JsonNode.Parse(Manifests.Family().ToJson())!.AsObject();

        Assert.Contains("id2label", json);
        Assert.Contains("model_sha256", json);
        Assert.Contains("image_mean", json["preprocessor"]!.AsObject());
    }

    [Theory]
    [InlineData("manifest_version", "2", "manifest_version")]
    [InlineData("model_sha256", "\"abc\"", "64 hex digits")]
    [InlineData("id2label", "{\"0\":\"Anna\",\"2\":\"Ben\"}", "without gaps")]
    [InlineData("id2label", "{\"0\":\"Anna\",\"1\":\"Anna\"}", "twice")]
    [InlineData("id2label", "{\"0\":\" \"}", "empty label")]
    [InlineData("id2label", "{}", "id2label")]
    [InlineData("unknown_label", "\"Zoe\"", "Zoe")]
    [InlineData("thresholds", "{\"accept\":0.3,\"reject\":0.6}", "thresholds")]
    [InlineData("thresholds", "null", "thresholds")]
    [InlineData("thresholds", "{\"accept\": 1e39, \"reject\": 0}", "thresholds")]
    [InlineData("metrics", "{\"test_accuracy\": 1e400}", "metrics")]
    public void A_wrong_field_is_named(string field, string value, string named)
    {
        JsonObject json = JsonNode.Parse(Manifests.Family().ToJson())!.AsObject();
        json[field] = JsonNode.Parse(value);

        var error = Assert.Throws<InvalidModelException>(() => ModelManifest.Parse(json.ToJsonString()));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("size", "0")]
    [InlineData("channels", "2")]
    [InlineData("channel_order", "\"CMYK\"")]
    [InlineData("resample", "\"nearest\"")]
    [InlineData("rescale_factor", "0")]
    [InlineData("image_mean", "[0.1]")]
    [InlineData("image_std", "[1, 0, 1]")]
    [InlineData("face_margin", "-1")]
    [InlineData("image_std", "[1e39, 1, 1]")]
    [InlineData("image_std", "[1, 1, 1e20]")]
    [InlineData("image_std", "[1, 1e-30, 1]")]
    [InlineData("image_mean", "[0.1, -1e39, 0.1]")]
    [InlineData("image_mean", "[0.1, 0.1, 1e6]")]
    [InlineData("rescale_factor", "1e39")]
    [InlineData("rescale_factor", "-1")]
    [InlineData("face_margin", "1e39")]
    public void A_wrong_preprocessor_field_is_named(string field, string value)
    {
        JsonObject json = JsonNode.Parse(Manifests.Family().ToJson())!.AsObject();
        json["preprocessor"]![field] = JsonNode.Parse(value);

        var error = Assert.Throws<InvalidModelException>(() => ModelManifest.Parse(json.ToJsonString()));

        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("{\"manifest_version\": 1}")]
    [InlineData("\u0000\u0001\u0002")]
    public void What_is_no_manifest_is_refused(string text) => Assert.Throws<InvalidModelException>(() => ModelManifest.Parse(text));
}
