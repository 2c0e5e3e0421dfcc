import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** Validates each JSON file of a folder as FHIR R4; says what is wrong, and fails if anything is. See test.sh. */
public class Validate {
  private static final FhirContext R4 = FhirContext.forR4();
  private static final FhirValidator VALIDATOR = validator();

  public static void main(String[] folder) throws IOException {
    List<Path> files;
    try (var listed = Files.list(Path.of(folder[0]))) {
      files = listed.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    int wrong = 0;
    for (var file : files) {
      for (var message : errors(Files.readString(file))) {
        System.out.println(file.getFileName() + " " + message.getLocationString() + ": " + message.getMessage());
        wrong++;
      }
    }
    // A validator that finds nothing must be one that finds something.
    var broken = List.of(
        "{\"resourceType\": \"Slot\", \"schedule\": {\"reference\": \"Schedule/a\"}, \"start\": \"2027-01-05T09:00:00+01:00\","
            + " \"end\": \"2027-01-05T09:10:00+01:00\"}",
        "{\"resourceType\": \"Slot\", \"status\": \"free\", \"schedule\": {\"reference\": \"Schedule/a\"},"
            + " \"start\": \"2027-01-05\", \"end\": \"2027-01-05T09:10:00+01:00\"}",
        "{\"resourceType\": \"Appointment\", \"status\": \"open\", \"participant\": [{\"status\": \"accepted\"}]}");
    for (var resource : broken) {
      if (errors(resource).isEmpty()) {
        System.out.println("the validator overlooks what is wrong with " + resource);
        wrong++;
      }
    }
    System.out.println((wrong == 0 ? "ok  " : "") + "HAPI validates " + files.size() + " answers: " + wrong + " errors");
    System.exit(wrong == 0 && !files.isEmpty() ? 0 : 1);
  }

  private static List<SingleValidationMessage> errors(String resource) {
    return VALIDATOR.validateWithResult(resource).getMessages().stream()
        .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .toList();
  }

  private static FhirValidator validator() {
    // Codes of the authority (its services) are in no code system that anybody publishes.
    var unknown = new UnknownCodeSystemWarningValidationSupport(R4);
    unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
    var chain = new ValidationSupportChain(
        new DefaultProfileValidationSupport(R4),
        new InMemoryTerminologyServerValidationSupport(R4),
        new CommonCodeSystemsTerminologyService(R4),
        unknown);
    var validator = R4.newValidator();
    validator.registerValidatorModule(new FhirInstanceValidator(chain));
    return validator;
  }
}
