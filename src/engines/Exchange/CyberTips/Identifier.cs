namespace Homeward.Exchange.CyberTips;

/// <summary>A value by which two records can be known to speak of the same thing.</summary>
/// <param name="Raw">As the original has it.</param>
/// <param name="Normalised">
/// The comparable form: e-mail in lower case; phone in E.164; screen name in lower case, then <c>@</c> and the folded
/// service; account ID as written, behind the folded service and a colon; IP address in its shortest form; URL without scheme, fragment and closing slash; device
/// <c>type:value</c>, as in <see cref="DeviceForm"/>; place <c>city/STATE/zip5/COUNTRY</c>; a vehicle's plate as in <see cref="Plates"/>; a file by its hash, <c>md5:</c>, <c>sha1:</c> or <c>sha256:</c> and hex in lower case. A value that has no such form is no identifier.
/// </param>
/// <param name="Path">Where it stood.</param>
/// <param name="Person">Index in Persons of whose it is; null when the report ties it to nobody.</param>
/// <param name="At">For IP address and device: when it was seen.</param>
public sealed record Identifier(
    IdentifierKind Kind, string Raw, string Normalised, string Path, int? Person = null, StatedInstant? At = null);

public enum IdentifierKind { Email, Phone, ScreenName, AccountId, Ip, Url, Device, Place, Plate, File }
