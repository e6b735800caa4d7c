using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homeward.Kernel;

/// <summary>An id of one kind of thing: a lead's id is never taken for a referral's.</summary>
/// <remarks>
/// Written as <c>public readonly record struct LeadId(Guid Value) : IStrongId&lt;LeadId&gt;</c> with
/// <c>From</c> and <c>ToString</c>; storage and JSON know every such type by this interface.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "The static member is what the interface is for.")]
public interface IStrongId<TSelf> where TSelf : struct, IStrongId<TSelf>
{
    Guid Value { get; }
    static abstract TSelf From(Guid value);
}

/// <summary>Reading and writing of ids as the 32 hex digits that addresses carry.</summary>
public static class StrongId
{
    public static string Text(Guid value) => value.ToString("N", CultureInfo.InvariantCulture);

    /// <returns>False for anything but 32 hex digits (hyphens allowed), and for the empty id.</returns>
    public static bool TryParse<TId>(string? text, out TId id) where TId : struct, IStrongId<TId>
    {
        id = default;
        if (!Guid.TryParse(text, CultureInfo.InvariantCulture, out var value) || value == Guid.Empty) return false;
        id = TId.From(value);
        return true;
    }

    public static bool IsStrongId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(face =>
            face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IStrongId<>));
}

/// <summary>Every strong id travels in JSON as its 32 hex digits.</summary>
public sealed class StrongIdJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => StrongId.IsStrongId(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<TId> : JsonConverter<TId> where TId : struct, IStrongId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            StrongId.TryParse<TId>(reader.GetString(), out var id)
                ? id
                : throw new JsonException($"{typeof(TId).Name} takes 32 hex digits.");

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(StrongId.Text(value.Value));
    }
}
