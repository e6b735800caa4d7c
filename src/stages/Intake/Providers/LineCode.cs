namespace Homeward.Intake.Providers;

/// <summary>The response codes of the reporting line that this receiver gives. Documented; the list is called non-exhaustive.</summary>
internal static class LineCode
{
    public const int Success = 0;
    public const int ServerError = 1000;
    public const int SaveFailed = 1100;
    public const int FileUploadFailed = 1111;
    public const int ResourceNotFound = 1210;
    public const int AuthenticationRequired = 2000;
    public const int NotAuthorised = 3000;
    public const int NotAuthorisedToUpdate = 3300;
    public const int InvalidRequest = 4000;
    public const int ValidationFailed = 4100;
    public const int MalformedXml = 4110;
    public const int MalformedFile = 4200;
    public const int ReportDoesNotExist = 5001;
    public const int FileDoesNotExist = 5002;
    public const int AlreadyRetracted = 5101;
    public const int AlreadyFinished = 5102;

    /// <summary>A client may look at the status alone or at the code alone: whatever is no success is no 2xx.</summary>
    public static int Status(int code) => code switch
    {
        Success => 200,
        AuthenticationRequired => 401,
        NotAuthorised or NotAuthorisedToUpdate => 403,
        ResourceNotFound or ReportDoesNotExist or FileDoesNotExist => 404,
        AlreadyRetracted or AlreadyFinished => 409,
        >= 4000 and < 5000 => 400,
        _ => 500,
    };

    public static string Description(int code) => code switch
    {
        Success => "Success",
        ServerError => "Server error",
        SaveFailed => "Save failed",
        FileUploadFailed => "File upload failed",
        ResourceNotFound => "Resource not found",
        AuthenticationRequired => "Authentication required",
        NotAuthorised => "Not authorized",
        NotAuthorisedToUpdate => "Not authorized to update this report",
        InvalidRequest => "Invalid request",
        ValidationFailed => "Validation failed",
        MalformedXml => "Malformed XML submittal",
        MalformedFile => "Malformed file submittal",
        ReportDoesNotExist => "Report does not exist",
        FileDoesNotExist => "File does not exist",
        AlreadyRetracted => "Report already retracted",
        AlreadyFinished => "Report already finished",
        _ => "Failed",
    };
}
