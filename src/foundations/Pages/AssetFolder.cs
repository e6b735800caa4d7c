namespace Homeward.Foundations.Pages;

/// <summary>Where stylesheets, scripts and icons are found: an address that changes with their content, so that a browser may keep them for good.</summary>
/// <param name="Root">Begins and ends with a slash: <c>/assets/1f2e3d4c/</c>; <c>/</c> where nothing is fingerprinted.</param>
public sealed record AssetFolder(string Root)
{
    public string this[string path] => Root + path;
}
