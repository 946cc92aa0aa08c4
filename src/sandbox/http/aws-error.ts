/**
 * A refusal as AWS words it on the wire: status, code and message. Each service renders it in its own format (query XML, S3 XML, JSON).
 *
 * `fields` are extra members of the error body that some shapes have (`reason`, `error`).
 */
export class AwsError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'AwsError';
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}
