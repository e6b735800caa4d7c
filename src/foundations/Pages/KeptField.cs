namespace Homeward.Foundations.Pages;

/// <summary>One field of a refused form, as it was typed.</summary>
public sealed record KeptField(string Name, string Value);
