/** A service of the AWS console, as offered for a destination. */
export interface ConsoleService {
  /** What `openConsole` takes as its destination. */
  readonly id: string;
  /** AWS's name for it, the same in every language. */
  readonly name: string;
  /** Page on the console's host; `?region=` goes before its fragment. */
  readonly path: string;
}

/** Services most people open; any other console page can be given by its address. */
export const CONSOLE_SERVICES: readonly ConsoleService[] = [
  { id: 'home', name: 'Console Home', path: 'console/home' },
  { id: 's3', name: 'S3', path: 's3/home' },
  { id: 'ec2', name: 'EC2', path: 'ec2/home' },
  { id: 'lambda', name: 'Lambda', path: 'lambda/home' },
  { id: 'cloudwatch', name: 'CloudWatch', path: 'cloudwatch/home' },
  { id: 'logs', name: 'CloudWatch Logs', path: 'cloudwatch/home#logsV2:log-groups' },
  { id: 'cloudformation', name: 'CloudFormation', path: 'cloudformation/home' },
  { id: 'iam', name: 'IAM', path: 'iam/home' },
  { id: 'rds', name: 'RDS', path: 'rds/home' },
  { id: 'dynamodb', name: 'DynamoDB', path: 'dynamodbv2/home' },
  { id: 'ecs', name: 'ECS', path: 'ecs/v2/home' },
  { id: 'eks', name: 'EKS', path: 'eks/home' },
  { id: 'ecr', name: 'ECR', path: 'ecr/home' },
  { id: 'vpc', name: 'VPC', path: 'vpcconsole/home' },
  { id: 'elb', name: 'Load Balancers', path: 'ec2/home#LoadBalancers:' },
  { id: 'route53', name: 'Route 53', path: 'route53/v2/home' },
  { id: 'cloudfront', name: 'CloudFront', path: 'cloudfront/v4/home' },
  { id: 'apigateway', name: 'API Gateway', path: 'apigateway/home' },
  { id: 'sqs', name: 'SQS', path: 'sqs/v3/home' },
  { id: 'sns', name: 'SNS', path: 'sns/v3/home' },
  { id: 'ses', name: 'SES', path: 'ses/home' },
  { id: 'events', name: 'EventBridge', path: 'events/home' },
  { id: 'states', name: 'Step Functions', path: 'states/home' },
  { id: 'kms', name: 'KMS', path: 'kms/home' },
  { id: 'secretsmanager', name: 'Secrets Manager', path: 'secretsmanager/home' },
  { id: 'ssm', name: 'Systems Manager', path: 'systems-manager/home' },
  { id: 'acm', name: 'Certificate Manager', path: 'acm/home' },
  { id: 'wafv2', name: 'WAF', path: 'wafv2/homev2' },
  { id: 'guardduty', name: 'GuardDuty', path: 'guardduty/home' },
  { id: 'securityhub', name: 'Security Hub', path: 'securityhub/home' },
  { id: 'cloudtrail', name: 'CloudTrail', path: 'cloudtrailv2/home' },
  { id: 'config', name: 'Config', path: 'config/home' },
  { id: 'singlesignon', name: 'IAM Identity Center', path: 'singlesignon/home' },
  { id: 'organizations', name: 'Organizations', path: 'organizations/v2/home' },
  { id: 'billing', name: 'Billing', path: 'billing/home' },
  { id: 'costmanagement', name: 'Cost Explorer', path: 'costmanagement/home' },
  { id: 'servicequotas', name: 'Service Quotas', path: 'servicequotas/home' },
  { id: 'health', name: 'Health', path: 'health/home' },
  { id: 'support', name: 'Support', path: 'support/home' },
  { id: 'cloudshell', name: 'CloudShell', path: 'cloudshell/home' },
  { id: 'athena', name: 'Athena', path: 'athena/home' },
  { id: 'glue', name: 'Glue', path: 'glue/home' },
  { id: 'redshift', name: 'Redshift', path: 'redshiftv2/home' },
  { id: 'kinesis', name: 'Kinesis', path: 'kinesis/home' },
  { id: 'msk', name: 'MSK', path: 'msk/home' },
  { id: 'opensearch', name: 'OpenSearch', path: 'aos/home' },
  { id: 'elasticache', name: 'ElastiCache', path: 'elasticache/home' },
  { id: 'bedrock', name: 'Bedrock', path: 'bedrock/home' },
  { id: 'sagemaker', name: 'SageMaker', path: 'sagemaker/home' },
  { id: 'codebuild', name: 'CodeBuild', path: 'codesuite/codebuild/home' },
  { id: 'codepipeline', name: 'CodePipeline', path: 'codesuite/codepipeline/home' },
  { id: 'cognito', name: 'Cognito', path: 'cognito/v2/home' },
  { id: 'backup', name: 'Backup', path: 'backup/home' },
  { id: 'batch', name: 'Batch', path: 'batch/home' },
];
