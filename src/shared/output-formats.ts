/** The output formats of the AWS CLI. Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html */
export const OUTPUT_FORMATS = ['json', 'text', 'table', 'yaml', 'yaml-stream', 'off'] as const;
